#!/bin/sh
# Starts the Redis of docker-compose.yml. The password comes from a file and goes into a configuration that only this
# process reads: a command line can be read by everybody on the machine.
#   REDIS_PASSWORD_FILE  default /run/secrets/redis-password
#   REDIS_CONFIG         default /usr/local/etc/redis/redis.conf
#   REDIS_MAXMEMORY      default 1536mb: below the container's limit, so that writing fails and Redis is not killed
set -eu
umask 077
config=$(mktemp)
# Within double quotes only backslash and quote have a meaning.
{
  cat "${REDIS_CONFIG:-/usr/local/etc/redis/redis.conf}"
  printf '\nmaxmemory %s\nrequirepass "' "${REDIS_MAXMEMORY:-1536mb}"
  sed 's/[\\"]/\\&/g' "${REDIS_PASSWORD_FILE:-/run/secrets/redis-password}" | tr -d '\n'
  printf '"\n'
} >"$config"
exec redis-server "$config" "$@"
