#!/usr/bin/env bash
# Sends one signed postback. TRACKER_URL: the postback URL with its query, values percent-encoded; TRACKER_KID and TRACKER_SECRET
# (whsec_…): from the integration's credentials. Needs openssl 1.1 or later and curl. TRACKER_TIME is for tests only.
# A retry repeats this very URL, signature included, while it is within the tolerance: signed anew it is a new statement.
set -euo pipefail
url="$TRACKER_URL&ts=${TRACKER_TIME:-$(date +%s)}&kid=$TRACKER_KID"
path="/${url#*://*/}"
text="v1.GET.${path%%\?*}.${url#*\?}"
key=$(printf %s "${TRACKER_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
sig=$(printf %s "$text" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -r | cut -d ' ' -f 1)
curl --silent --show-error --globoff --path-as-is "$url&sig=$sig"
