-- Reads the handwriting of the open document with `strand read` and writes a copy of it that has the texts in a layer
-- named Strand. The program is the one that the environment variable STRAND names, or the one on the path.

function initUi()
  app.registerUi({ menu = "Read handwriting (Strand)", callback = "readHandwriting", accelerator = "<Control><Alt>h" })
end

-- A word as the shell takes it, whatever is in it.
local function quoted(word)
  return "'" .. word:gsub("'", "'\\''") .. "'"
end

-- Shows a message. Version 1.2 of Xournal++ has dialogues of its own for that.
local function tell(message)
  if app.openDialog then
    app.openDialog(message, { [1] = "OK" }, "")
  else
    app.msgbox(message, { [1] = "OK" })
  end
end

-- At most so many lines of a text.
local function beginning(text, lines)
  local kept, count = {}, 0
  for line in text:gmatch("[^\n]*\n?") do
    if count == lines then
      kept[#kept + 1] = "...\n"
      break
    end
    kept[#kept + 1] = line
    count = count + 1
  end
  return table.concat(kept)
end

-- The document that was opened or saved last, by the desktop's list of recent files.
local function recentDocument()
  local data = os.getenv("XDG_DATA_HOME") or (os.getenv("HOME") .. "/.local/share")
  local list = io.open(data .. "/recently-used.xbel")
  if not list then
    return nil
  end
  local found, latest
  for address, modified in list:read("*a"):gmatch('<bookmark href="file://([^"]*)"[^>]-modified="([^"]*)"') do
    if address:match("%.xopp$") or address:match("%.xoj$") then
      if not latest or modified > latest then
        found, latest = address, modified
      end
    end
  end
  list:close()
  return found and found:gsub("&amp;", "&"):gsub("%%(%x%x)", function(code)
    return string.char(tonumber(code, 16))
  end)
end

-- The file of the open document, which is saved; nil if there is none.
local function savedDocument()
  local structure = app.getDocumentStructure()
  app.uiAction({ action = "ACTION_SAVE" })
  if structure.xoppFilename then
    return structure.xoppFilename ~= "" and structure.xoppFilename or nil
  end
  -- Version 1.1 does not tell the name.
  local file = recentDocument()
  if file and app.msgbox("Is this the document?\n" .. file, { [1] = "Yes", [2] = "No" }) == 1 then
    return file
  end
end

function readHandwriting()
  local file = savedDocument()
  if not file then
    tell("Save the document first: its file is read.")
    return
  end
  local result = file:gsub("%.xopp$", ""):gsub("%.xoj$", "") .. ".read.xopp"
  local program = os.getenv("STRAND") or "strand"
  local command = quoted(program) .. " read --lm --annotate " .. quoted(result) .. " " .. quoted(file) .. " 2>&1"
  local pipe = io.popen(command, "r")
  local text = pipe:read("*a")
  if not pipe:close() then
    tell("The handwriting could not be read.\n" .. text .. "\n" .. command)
    return
  end
  tell(beginning(text, 20) .. "\nThe document with these texts, in the layer 'Strand':\n" .. result)
end
