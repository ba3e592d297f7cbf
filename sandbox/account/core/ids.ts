import { createHash } from 'node:crypto';

/** Identifiers that look like AWS's and repeat with the seed. */
export class IdSource {
  private readonly seed: string;
  private counter = 0;

  constructor(seed: number | string) {
    this.seed = String(seed);
  }

  /** A fresh UUID. */
  uuid(): string {
    return uuidFrom(this.hex(`${this.counter++}`));
  }

  /** A fresh lower-case hexadecimal token. */
  token(length: number): string {
    return this.hex(`${this.counter++}`).slice(0, length);
  }

  /** The same value for the same text. */
  hex(text: string): string {
    return sha256Hex(`${this.seed}/${text}`);
  }
}

function uuidFrom(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function sha256Base64(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
