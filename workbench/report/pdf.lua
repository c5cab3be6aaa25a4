-- What the PDF needs beyond pandoc's own typst: pictures with their alternative text, paragraphs
-- in a style, and tables and figures that stay with their notes. The functions are in pdf.typ.

local STYLES = { note = "note", banner = "banner", ["key-finding"] = "finding" }
local SHORT = 25 -- tables with more rows may run over pages

local function quoted(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"'
end

local function raw(text)
  return pandoc.RawBlock("typst", text)
end

local function label(id)
  return id ~= "" and " <" .. id .. ">" or ""
end

local function is_note(block)
  return block ~= nil and block.t == "Div" and block.classes:includes("note")
end

local function stays_whole(block)
  if block.t == "Figure" then
    return true
  end
  local rows = 0
  for _, body in ipairs(block.t == "Table" and block.bodies or {}) do
    rows = rows + #body.body
  end
  return rows > 0 and rows <= SHORT
end

local function picture(figure)
  local found
  figure:walk({ Image = function(image) found = found or image end })
  if found == nil then
    return nil
  end
  local alt = found.attributes.alt or pandoc.utils.stringify(found.caption)
  local caption = pandoc.utils.blocks_to_inlines(figure.caption.long)
  local call = ("#picture(%s, alt: %s)["):format(quoted(found.src), quoted(alt))
  local id = figure.identifier ~= "" and figure.identifier or found.identifier
  caption:insert(1, pandoc.RawInline("typst", call))
  caption:insert(pandoc.RawInline("typst", "]" .. label(id)))
  return pandoc.Plain(caption)
end

local function styled(div)
  for class, name in pairs(STYLES) do
    if div.classes:includes(class) then
      local blocks = pandoc.Blocks({ raw("#" .. name .. "[") })
      blocks:extend(div.content)
      blocks:insert(raw("]"))
      return blocks
    end
  end
end

-- Groups come first, as they are told by what pandoc read; styles and pictures follow.
local function group(blocks)
  local done, at = pandoc.Blocks({}), 1
  while at <= #blocks do
    local one, following = blocks[at], blocks[at + 1]
    if stays_whole(one) then
      done:insert(raw(one.t == "Table" and "#whole(most: 50%)[" or "#whole["))
      done:insert(one)
      if is_note(following) then
        done:insert(following)
        at = at + 1
      end
      done:insert(raw("]"))
    else
      done:insert(one)
    end
    at = at + 1
  end
  return done
end

-- A contents list before the first heading, and no heading more than one level below the last.
local function headings(document)
  local last, first = 0, nil
  for at, block in ipairs(document.blocks) do
    if block.t == "Header" then
      block.level = math.min(block.level, last + 1)
      last, first = block.level, first or at
    end
  end
  if first then
    document.blocks:insert(first, raw("#contents"))
  end
  return document
end

return { { Blocks = group }, { Figure = picture, Div = styled }, { Pandoc = headings } }
