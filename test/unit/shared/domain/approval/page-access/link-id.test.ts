import { createHash } from 'node:crypto';
import {
  equalInConstantTime,
  hashLinkId,
  isLinkId,
  newLinkId,
} from '../../../../../../shared/domain/approval/page-access/link-id.ts';

const counting = (size: number) => Uint8Array.from({ length: size }, (_, index) => index);

describe('link ids', () => {
  it('carries 256 bits of the randomness it is given', () => {
    expect(Buffer.from(newLinkId(counting), 'base64url')).toEqual(Buffer.from(counting(32)));
  });

  it('recognises what it makes', () => {
    expect(isLinkId(newLinkId(counting))).toBe(true);
  });

  it.each([
    '',
    'short',
    'x'.repeat(42),
    'x'.repeat(44),
    `${'x'.repeat(42)}=`,
    `${'x'.repeat(42)}/`,
    `${'x'.repeat(42)}\n`,
    `${'x'.repeat(43)}\n`,
  ])('rejects %j', (text) => {
    expect(isLinkId(text)).toBe(false);
  });

  it('keeps only the SHA-256 of the id for the ledger', () => {
    const linkId = newLinkId(counting);
    expect(hashLinkId(linkId)).toBe(createHash('sha256').update(linkId).digest('hex'));
  });

  it.each([
    ['same', 'same', true],
    ['same', 'sane', false],
    ['short', 'longer', false],
    ['', '', true],
  ])('compares %j with %j', (a, b, equal) => {
    expect(equalInConstantTime(a, b)).toBe(equal);
  });
});
