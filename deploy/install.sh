#!/bin/sh
# Makes the data folder (what is there stays), then hands the broker and the public portal their own part of it, so
# that neither can read the offices' keys and passwords.
set -eu
umask 077
shared=${1:-/srv}
shangda install
home=${SHANGDA_HOME:-data}
mkdir -p "$shared/definitions" "$shared/portal/keys" "$shared/portal/credentials"
cp "$home/definitions.json" "$shared/definitions/"
cp "$home"/keys/*.pub "$home"/keys/portal.*.key "$shared/portal/keys/"
cp "$home/credentials/portal.json" "$shared/portal/credentials/"
