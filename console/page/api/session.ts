const storageKey = 'tracker-session';
const channelName = 'tracker-console';
const siblingPatienceMilliseconds = 400;

type Message = { readonly ask: true } | { readonly secret: string };

/** A private window may deny storage: the tab then works until it is reloaded. */
let held: string | undefined;

/**
 * The secret that this tab speaks with: from the address it was opened by, from an earlier load, or from another tab.
 * `undefined` where none of them has it.
 */
export async function openSession(): Promise<string | undefined> {
  const secret = takenFromAddress() ?? stored() ?? (await askedOfSiblings());
  if (secret !== undefined) hold(secret);
  return secret;
}

/** The address of a new session that is opened in this tab changes only what follows `#`, and a browser then loads nothing. */
export function listenToAddress(): void {
  addEventListener('hashchange', () => {
    if (secretOfAddress() !== undefined) location.reload();
  });
}

export const sessionSecret = (): string | undefined => held;

/** Removes the secret from the address immediately, so that no screenshot, copy or history entry holds it. */
function takenFromAddress(): string | undefined {
  const secret = secretOfAddress();
  if (secret === undefined) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  return secret;
}

const secretOfAddress = (): string | undefined =>
  new URLSearchParams(location.hash.slice(1)).get('session') ?? undefined;

function stored(): string | undefined {
  try {
    return sessionStorage.getItem(storageKey) ?? undefined;
  } catch {
    return undefined;
  }
}

function hold(secret: string): void {
  held = secret;
  try {
    sessionStorage.setItem(storageKey, secret);
  } catch {
    // See `held`.
  }
  answerSiblings(secret);
}

function askedOfSiblings(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel(channelName);
    const end = (secret: string | undefined): void => {
      clearTimeout(timer);
      channel.close();
      resolve(secret);
    };
    const timer = setTimeout(() => end(undefined), siblingPatienceMilliseconds);
    channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      if ('secret' in data) end(data.secret);
    });
    say(channel, { ask: true });
  });
}

let answering: BroadcastChannel | undefined;

function answerSiblings(secret: string): void {
  answering?.close();
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if ('ask' in data) say(channel, { secret });
  });
  answering = channel;
}

/** A channel belongs to one origin: there is no other to name. */
function say(channel: BroadcastChannel, message: Message): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  channel.postMessage(message);
}
