<?php
// Sends one signed postback (PHP 7.2 or later). TRACKER_URL: the postback URL with its query, values percent-encoded;
// TRACKER_KID and TRACKER_SECRET (whsec_…): from the integration's credentials. TRACKER_TIME is for tests only.
// A retry repeats this very URL, signature included, while it is within the tolerance: signed anew it is a new statement.
$key = base64_decode(preg_replace('/^whsec_/', '', getenv('TRACKER_SECRET')));
$url = getenv('TRACKER_URL') . '&ts=' . (getenv('TRACKER_TIME') ?: time()) . '&kid=' . getenv('TRACKER_KID');
$parts = parse_url($url);
$sig = hash_hmac('sha256', "v1.GET.{$parts['path']}.{$parts['query']}", $key);
echo file_get_contents("$url&sig=$sig", false, stream_context_create(['http' => ['ignore_errors' => true, 'user_agent' => 'sender']])), "\n";
