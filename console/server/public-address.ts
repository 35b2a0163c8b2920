/** Folders of a tracker that are not for senders. */
const privateFolders = ['admin', '_local', 'console'];

/** Whether a URL is an address of the tracker that senders reach: its origin exactly, no credentials, no private path. */
export function isPublicAddress(url: URL, publicUrl: string): boolean {
  if (url.origin !== new URL(publicUrl).origin || url.username !== '' || url.password !== '') return false;
  return !privateFolders.includes(firstFolder(fullyDecoded(url.pathname)));
}

/** Fronts decode a path before they choose a route, some of them twice. */
function fullyDecoded(path: string): string {
  const decoded = path.replace(/%([0-7][0-9a-f])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return decoded === path ? path : fullyDecoded(decoded);
}

/** In small letters, with dot segments resolved, whichever way its slashes lean. */
function firstFolder(path: string): string {
  const folders: string[] = [];
  for (const segment of path.split(/[/\\]/)) {
    if (segment === '..') folders.pop();
    else if (segment !== '' && segment !== '.') folders.push(segment);
  }
  return folders[0]?.toLowerCase() ?? '';
}
