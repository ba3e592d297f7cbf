import { createHash, timingSafeEqual } from 'node:crypto';

/** 256 bits: nobody guesses one, however many pages are asked for. */
export const LINK_ID_BYTES = 32;

/** A link stays readable this long after its run is fully decided or its approval time is over. */
export const LINK_READABLE_DAYS = 7;

/** Base64url of 32 bytes, without padding. */
const LINK_ID_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** The id that stands in the digest's link; `randomBytes` is node:crypto's, or a seeded one in the sandbox. */
export function newLinkId(randomBytes: (size: number) => Uint8Array): string {
  return Buffer.from(randomBytes(LINK_ID_BYTES)).toString('base64url');
}

/** Whether the text could be a link id at all; anything else is not worth a read of the ledger. */
export const isLinkId = (text: string): boolean => LINK_ID_PATTERN.test(text);

/** SHA-256 (hex) of the id, the only form in which the ledger keeps it. */
export const hashLinkId = (linkId: string): string => createHash('sha256').update(linkId).digest('hex');

/** Compares in a time that depends on the lengths only. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
