-- Tells the gateway that a study has been quiet for StableAge seconds. Loaded by Orthanc (LuaScripts).
--
-- Environment of the Orthanc process:
--   ESP_HOOK_URL    the gateway's hook; default http://127.0.0.1:8080/hooks/stable-study
--   ESP_HOOK_TOKEN  the gateway's hook.token, if it has one
--
-- It is one of several signals: a call that does not get through is made up for by the gateway's reading of the
-- change feed. So a failure is logged and nothing more. Storing our own SEG makes the study stable once again; the
-- gateway knows its own results.

local url = os.getenv('ESP_HOOK_URL') or 'http://127.0.0.1:8080/hooks/stable-study'
local token = os.getenv('ESP_HOOK_TOKEN') or ''

-- Orthanc runs one Lua function at a time: a gateway that hangs must not hold up the others for long.
local TIMEOUT_SECONDS = 5

function OnStableStudy(studyId, tags, metadata)
  local uid = tags['StudyInstanceUID']
  -- Digits and dots only: the value goes into JSON as it is.
  if uid == nil or string.match(uid, '^[0-9.]+$') == nil then
    print('esp-medsam: a stable study without a valid StudyInstanceUID was not announced')
    return
  end

  local headers = { ['Content-Type'] = 'application/json' }
  if token ~= '' then
    headers['Authorization'] = 'Bearer ' .. token
  end

  local ok = pcall(function ()
    -- Not in old releases, where Orthanc's own HttpTimeout holds.
    if SetHttpTimeout ~= nil then
      SetHttpTimeout(TIMEOUT_SECONDS)
    end
    HttpPost(url, '{"studyInstanceUid": "' .. uid .. '"}', headers)
  end)
  if not ok then
    print('esp-medsam: the gateway could not be told of a stable study; it will find it by itself')
  end
end
