import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { sealingKeys, type Master } from './keys';

const nonceLength = 12;
const tagLength = 16;

/**
 * Seals a text for a queue (AES-256-GCM), so that a postback that waits keeps its token, signature and address readable to the
 * retry function and to nobody who looks into a queue.
 */
export function seal(text: string, master: Master): string {
  const [key] = sealingKeys(master);
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** Opens what was sealed under the present or the previous master; `undefined` where neither opens it. */
export function openSealed(sealed: string, master: Master): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  const nonce = bytes.subarray(0, nonceLength);
  const tag = bytes.subarray(nonceLength, nonceLength + tagLength);
  if (tag.length !== tagLength) return undefined;
  for (const key of sealingKeys(master)) {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce);
    decipher.setAuthTag(tag);
    try {
      const text = Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()]);
      return text.toString('utf8');
    } catch {
      // Not this key.
    }
  }
  return undefined;
}
