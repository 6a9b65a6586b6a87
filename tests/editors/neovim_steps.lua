-- What a person does in Neovim, after the documented configuration was read. Each step waits for what must be seen; the
-- first that is not fails. In words that Neovim 0.7 knows too.
local folder = assert(os.getenv("OVERT_PROJECT"))
local patience = 1000 * tonumber(os.getenv("OVERT_EDITOR_TIME_LIMIT") or "30")

local function see(what, check)
  if not vim.wait(patience, check, 20) then
    local shown = vim.tbl_map(function(one) return one.message end, vim.diagnostic.get(nil))
    error(("not seen: %s\nin %s at line %d; diagnostics: %s"):format(
      what, vim.api.nvim_buf_get_name(0), vim.fn.line("."), vim.inspect(shown)))
  end
  print("ok " .. what)
end
local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n") end
local function is_at(name, line)
  return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(0), ":t") == name and vim.fn.line(".") == line
end
local function codes(buffer)
  return table.concat(vim.tbl_map(function(one) return one.code end, vim.diagnostic.get(buffer)), " ")
end
local function type_keys(keys)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), "mx", false)
end

-- Whatever Neovim offers next, that entry is taken.
local function choose(title)
  vim.ui.select = function(items, options, taken)
    for number, item in ipairs(items) do
      if options.format_item(item) == title then return taken(item, number) end
    end
    error("not offered: " .. title)
  end
end

local function steps()
  vim.cmd("edit " .. folder .. "/csv_reader.py")
  local subclass = vim.api.nvim_get_current_buf()
  see("the diagnostic of the misspelt override", function() return codes(subclass) == "override-without-base" end)
  local found = vim.diagnostic.get(subclass)[1]
  assert(found.source == "overt" and found.message:find("did you mean `read_row` of `Reader`", 1, true), found.message)

  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
  choose("rename to `read_row`")
  vim.lsp.buf.code_action()
  see("the code action applied", function() return text():find("def read_row(self)", 1, true) ~= nil end)
  see("no diagnostic any more", function() return codes(subclass) == "" end)

  -- From within the method, by the documented key, and back.
  local line = found.lnum + 1
  vim.api.nvim_win_set_cursor(0, { line + 1, 10 })
  type_keys((vim.g.mapleader or "\\") .. "u")
  see("the base's member", function() return is_at("base.py", 2) end)
  type_keys("<C-o>")
  see("the way back", function() return is_at("csv_reader.py", line + 1) end)

  -- Down: the other documented key.
  vim.cmd("edit " .. folder .. "/base.py")
  vim.api.nvim_win_set_cursor(0, { 2, 9 })
  type_keys((vim.g.mapleader or "\\") .. "d")
  see("the override", function() return is_at("csv_reader.py", line) end)

  -- An edit of the base, which nobody saves, breaks the subclass.
  vim.cmd("buffer base.py")
  vim.api.nvim_buf_set_lines(0, 1, 2, false, { "    def next_row(self) -> list[str]: ..." })
  see("the subclass complains", function() return codes(subclass) == "override-without-base" end)
end

local fine, problem = xpcall(steps, debug.traceback)
print(fine and "all steps passed" or problem)
vim.cmd(fine and "qa!" or "cq")
