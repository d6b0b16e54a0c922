#!/bin/sh
# Any CI, or none: the offline tests in parts, and one verdict. Start this on each machine with its number, then merge.
#   shards.sh run 1 4      on machine 1 of 4; puts the ledger into shards/1
#   shards.sh verdict 4    where all folders of `shards` are; ends with the code of the whole
set -eu

case "$1" in
  run)
    npx --no-install drydock run -- --shard="$2/$3" || echo "shard $2 ended with $?"
    mkdir -p shards
    rm -rf "shards/$2"
    cp -R .drydock "shards/$2"
    ;;
  verdict)
    npx --no-install drydock report --merge shards/* --shards "$2"
    ;;
  *)
    echo "usage: shards.sh run NUMBER OF | verdict OF" >&2
    exit 2
    ;;
esac
