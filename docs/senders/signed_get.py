# Sends one signed postback (Python 3.7 or later, no package). TRACKER_URL: the postback URL with its query, values percent-encoded;
# TRACKER_KID and TRACKER_SECRET (whsec_…): from the integration's credentials. TRACKER_TIME is for tests only.
# A retry repeats this very URL, signature included, while it is within the tolerance: signed anew it is a new statement.
import base64, hashlib, hmac, os, time, urllib.error, urllib.parse, urllib.request

key = base64.b64decode(os.environ["TRACKER_SECRET"].replace("whsec_", "", 1))
ts = os.environ.get("TRACKER_TIME") or str(int(time.time()))
url = f"{os.environ['TRACKER_URL']}&ts={ts}&kid={os.environ['TRACKER_KID']}"
parts = urllib.parse.urlsplit(url)
sig = hmac.new(key, f"v1.GET.{parts.path}.{parts.query}".encode(), hashlib.sha256).hexdigest()
try:
    print(urllib.request.urlopen(f"{url}&sig={sig}", timeout=15).read().decode())
except urllib.error.HTTPError as refusal:  # a 4xx says in words what to change
    print(refusal.read().decode())
