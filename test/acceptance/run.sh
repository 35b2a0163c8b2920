#!/usr/bin/env bash
# Starts the whole tracker on this machine with fresh data, and tries the public contract over HTTP as a stranger would: the main path, then
# sequences of money and requests that only look proven. The contract is kept beside the checkout, or wherever CONTRACT says; where there
# is none, this says so and passes.
set -euo pipefail
contract=${CONTRACT:-../shared/acceptance/contract.mjs}
if [ ! -f "$contract" ]; then
  echo "No contract at $contract: the tests in test/e2e have tried the running stack."
  exit 0
fi
data=$(mktemp -d)
port=${PORT:-3917}
node local/start.mjs --data "$data" --port "$port" >"$data/terminal.log" 2>&1 &
stack=$!
trap 'kill "$stack" 2>/dev/null || true; wait "$stack" 2>/dev/null || true; rm -rf "$data"' EXIT
for _ in $(seq 240); do
  if curl --silent --fail --output /dev/null "http://127.0.0.1:$port/_local/health"; then break; fi
  if ! kill -0 "$stack" 2>/dev/null; then cat "$data/terminal.log"; exit 1; fi
  sleep 0.5
done
for part in "$contract" "$(dirname "$contract")/money-and-trust.mjs"; do
  if [ -f "$part" ]; then node "$part" "http://127.0.0.1:$port"; fi
done
