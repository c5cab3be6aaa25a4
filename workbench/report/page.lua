-- Figures of the page can scroll sideways on small screens; the link in each is what the keyboard
-- reaches, and says so. page.css shows it there only.

function Figure(figure)
  local link = pandoc.Link("Figure at full size: scroll sideways", "#" .. figure.identifier)
  link.classes = { "sideways" }
  local blocks = pandoc.Blocks(figure.content)
  blocks:insert(pandoc.Plain({ link }))
  figure.content = { pandoc.Div(blocks, { class = "drawing" }) }
  return figure
end
