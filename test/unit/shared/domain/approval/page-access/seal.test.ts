import fc from 'fast-check';
import { seal, unseal } from '../../../../../../shared/domain/approval/page-access/seal.ts';

const scope = { key: '11'.repeat(32), linkHash: 'link-hash', purpose: 'result' } as const;

describe('seals', () => {
  it('give back any text they closed over', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 4e12 }), (text, nowMs) => {
        expect(unseal(scope, seal(scope, text, nowMs), nowMs, 0)).toEqual({ valid: true, text });
      }),
    );
  });

  it('break when any character of them is another', () => {
    const sealed = seal(scope, 'a text', 1_700_000_000_000);
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom('A', 'b', '0', '_', '-'), (at, character) => {
        fc.pre(sealed[at] !== character);
        const tampered = sealed.slice(0, at) + character + sealed.slice(at + 1);
        expect(unseal(scope, tampered, 1_700_000_000_000, 1e12)).toEqual({ valid: false, why: 'forged' });
      }),
    );
  });
});
