# Sends one postback as a signed body (Standard Webhooks, Python 3.7 or later). TRACKER_URL: the postback URL without a query;
# TRACKER_BODY: a JSON object; TRACKER_SECRET (whsec_…): from the integration's credentials. TRACKER_TIME and TRACKER_ID are for tests.
import base64, hashlib, hmac, os, time, urllib.error, urllib.request, uuid

key = base64.b64decode(os.environ["TRACKER_SECRET"].replace("whsec_", "", 1))
message_id = os.environ.get("TRACKER_ID") or f"msg_{uuid.uuid4()}"
ts = os.environ.get("TRACKER_TIME") or str(int(time.time()))
body = os.environ["TRACKER_BODY"].encode()
signature = base64.b64encode(hmac.new(key, f"{message_id}.{ts}.".encode() + body, hashlib.sha256).digest()).decode()
headers = {"Content-Type": "application/json", "webhook-id": message_id, "webhook-timestamp": ts, "webhook-signature": f"v1,{signature}"}
try:
    print(urllib.request.urlopen(urllib.request.Request(os.environ["TRACKER_URL"], body, headers), timeout=15).read().decode())
except urllib.error.HTTPError as refusal:  # a 4xx says in words what to change
    print(refusal.read().decode())
