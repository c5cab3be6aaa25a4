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

-- "Cases 2022-23 | Share 2022-23 | Cases 2023-24 | ..." says each period once, above what is of it.
local function halves(cell)
  return pandoc.utils.stringify(cell.contents):match("^(%S+) (.+)$")
end

local function spans(cells)
  local found = {}
  for place = 2, #cells do
    local what, of = halves(cells[place])
    if what == nil then
      return nil
    end
    local last = found[#found]
    if last ~= nil and last.of == of then
      table.insert(last.what, what)
    else
      table.insert(found, { of = of, what = { what } })
    end
  end
  for _, span in ipairs(found) do
    if #span.what < 2 or #span.what ~= #found[1].what then
      return nil
    end
  end
  return #found > 1 and found or nil
end

local function heading(text, align, across, down, scope)
  local words = { pandoc.Plain({ pandoc.Str(text) }) }
  return pandoc.Cell(words, align, down, across, { "", {}, { scope = scope } })
end

function Table(tbl)
  local rows = tbl.head.rows
  local found = #rows == 1 and spans(rows[1].cells) or nil
  if found == nil then
    return nil
  end
  local first = pandoc.utils.stringify(rows[1].cells[1].contents)
  local above, below = { heading(first, "AlignLeft", 1, 2, "col") }, {}
  for _, span in ipairs(found) do
    table.insert(above, heading(span.of, "AlignCenter", #span.what, 1, "colgroup"))
    for _, what in ipairs(span.what) do
      table.insert(below, heading(what, "AlignRight", 1, 1, "col"))
    end
  end
  tbl.head.rows = { pandoc.Row(above), pandoc.Row(below) }
  return tbl
end
