// Replaces `@smithy/core/checksum` in the bundles of functions: Node computes every checksum, without the package's arithmetic.
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { crc32 } from 'node:zlib';

type Bytes = string | ArrayBuffer | ArrayBufferView;

abstract class NodeHash {
  abstract readonly digestLength: number;
  private hash: Hash | Hmac;

  constructor(private readonly begin: () => Hash | Hmac) {
    this.hash = begin();
  }

  update(data: string | NodeJS.ArrayBufferView): void {
    this.hash.update(data);
  }

  /** A hash may continue after its digest. An HMAC has one digest. */
  digest(): Promise<Uint8Array> {
    const hash = 'copy' in this.hash ? this.hash.copy() : this.hash;
    return Promise.resolve(new Uint8Array(hash.digest()));
  }

  reset(): void {
    this.hash = this.begin();
  }
}

class Sha256 extends NodeHash {
  readonly digestLength = 32;

  constructor(secret?: Bytes) {
    super(() => (secret === undefined ? createHash('sha256') : createHmac('sha256', keyOf(secret))));
  }
}

class Md5 extends NodeHash {
  readonly digestLength = 16;

  constructor() {
    super(() => createHash('md5'));
  }
}

class Crc32 {
  readonly digestLength = 4;
  private value = 0;

  update(data: string | NodeJS.ArrayBufferView): void {
    this.value = crc32(data, this.value);
  }

  digestSync(): number {
    return this.value;
  }

  digest(): Promise<Uint8Array> {
    const sum = new DataView(new ArrayBuffer(4));
    sum.setUint32(0, this.value);
    return Promise.resolve(new Uint8Array(sum.buffer));
  }

  reset(): void {
    this.value = 0;
  }
}

function keyOf(secret: Bytes): string | Uint8Array {
  if (typeof secret === 'string') return secret;
  return ArrayBuffer.isView(secret)
    ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)
    : new Uint8Array(secret);
}

/** Checksums of streams are for uploads of unknown length, which no function makes. */
function readableStreamHasher(): never {
  throw new Error('The bundles omit checksums of streams: see lib/bundling.json.');
}

export { Crc32, Crc32 as Crc32Js, Crc32 as Crc32Node, readableStreamHasher };
export { Md5, Md5 as Md5Js, Md5 as Md5Node, Sha256, Sha256 as Sha256Js, Sha256 as Sha256Node };
