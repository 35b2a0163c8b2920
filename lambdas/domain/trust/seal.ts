import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { sealingKeys, type Master, type SealUse } from './keys';

/** The place of a sealed text. Moved to another row or message, it does not open. */
export interface SealContext {
  readonly use: SealUse;
  /** The request's ID; for a secret of a source `SOURCE/NAME`. */
  readonly requestId: string;
}

/** No letter of base64: seals from before have no mark. */
const mark = 's2.';
const saltLength = 32;
const nonceLength = 12;
const tagLength = 16;

/**
 * Seals a text (AES-256-GCM), so that a postback that waits keeps its token, signature and address readable to the retry function and to
 * no person who looks into a queue. Key and nonce are derived for this one text from a random salt: the master's key never meets GCM's
 * bound on random nonces.
 */
export function seal(text: string, master: Master, context: SealContext): string {
  const [key] = sealingKeys(master, context.use);
  const salt = randomBytes(saltLength);
  const { messageKey, nonce } = keyOf(key, salt);
  const cipher = createCipheriv('aes-256-gcm', messageKey, nonce);
  cipher.setAAD(associatedData(context));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return mark + Buffer.concat([salt, cipher.getAuthTag(), sealed]).toString('base64');
}

/** Opens what was sealed under any value of the master and for this context; `undefined` where nothing opens it. */
export function openSealed(sealed: string, master: Master, context: SealContext): string | undefined {
  if (!sealed.startsWith(mark)) return openEarlierSeal(sealed, master);
  const bytes = Buffer.from(sealed.slice(mark.length), 'base64');
  const salt = bytes.subarray(0, saltLength);
  const tag = bytes.subarray(saltLength, saltLength + tagLength);
  const content = bytes.subarray(saltLength + tagLength);
  if (tag.length !== tagLength) return undefined;
  return firstOpened(sealingKeys(master, context.use), (key) => {
    const { messageKey, nonce } = keyOf(key, salt);
    return { messageKey, nonce, tag, content, aad: associatedData(context) };
  });
}

/** Seals of the version before: nonce, tag and text under one lifelong key, bound to nothing. Log rows hold them until they expire. */
function openEarlierSeal(sealed: string, master: Master): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  const nonce = bytes.subarray(0, nonceLength);
  const tag = bytes.subarray(nonceLength, nonceLength + tagLength);
  const content = bytes.subarray(nonceLength + tagLength);
  if (tag.length !== tagLength) return undefined;
  return firstOpened(sealingKeys(master, 'queue'), (messageKey) => ({ messageKey, nonce, tag, content }));
}

interface Sealed {
  readonly messageKey: Uint8Array;
  readonly nonce: Uint8Array;
  readonly tag: Uint8Array;
  readonly content: Uint8Array;
  readonly aad?: Uint8Array;
}

function firstOpened(keys: readonly Buffer[], sealedUnder: (key: Buffer) => Sealed): string | undefined {
  for (const key of keys) {
    const { messageKey, nonce, tag, content, aad } = sealedUnder(key);
    const decipher = createDecipheriv('aes-256-gcm', messageKey, nonce);
    decipher.setAuthTag(tag);
    if (aad !== undefined) decipher.setAAD(aad);
    try {
      return Buffer.concat([decipher.update(content), decipher.final()]).toString('utf8');
    } catch {
      // Not this key.
    }
  }
  return undefined;
}

function keyOf(key: Buffer, salt: Uint8Array): { readonly messageKey: Buffer; readonly nonce: Buffer } {
  const derived = Buffer.from(hkdfSync('sha256', key, salt, 'sealed message', 32 + nonceLength));
  return { messageKey: derived.subarray(0, 32), nonce: derived.subarray(32) };
}

function associatedData({ use, requestId }: SealContext): Buffer {
  return Buffer.from(`${use}/${requestId}`);
}
