"""Puts the user of docker-compose.yml into Orthanc's configuration, whatever characters its password has.

The image runs it after it has made the configuration and before Orthanc (BEFORE_ORTHANC_STARTUP_SCRIPT). Name and
password come from files, so that neither stands in the environment or on a command line.
"""

import json
import os
import sys

config_file = sys.argv[1] if len(sys.argv) > 1 else "/tmp/orthanc.json"
secrets = os.environ.get("ESP_SECRETS", "/run/secrets")


def secret(name):
    with open(os.path.join(secrets, name), encoding="utf-8") as file:
        return file.read().rstrip("\n")


with open(config_file, encoding="utf-8") as file:
    config = json.load(file)
config["RegisteredUsers"] = {}
config["AuthenticationEnabled"] = True
# Orthanc puts variables of the environment in the place of ${...}, wherever it stands: a dollar sign is written as JSON's
# escape, which it reads afterwards.
user = json.dumps({secret("orthanc-username"): secret("orthanc-password")}).replace("$", "\\u0024")
text = json.dumps(config).replace('"RegisteredUsers": {}', f'"RegisteredUsers": {user}', 1)
descriptor = os.open(config_file, os.O_WRONLY | os.O_TRUNC)
with os.fdopen(descriptor, "w", encoding="utf-8") as file:
    file.write(text)
