import {
  checkPageNonce,
  issuePageNonce,
  PAGE_NONCE_LIFETIME_MS,
} from '../../../../../../shared/domain/approval/page-access/page-nonce.ts';
import { seal } from '../../../../../../shared/domain/approval/page-access/seal.ts';

const NOW_MS = Date.parse('2026-11-23T07:30:00Z');
const scope = { key: 'ab'.repeat(32), linkHash: 'link-hash' };
const nonce = issuePageNonce(scope, NOW_MS);

describe('page nonces', () => {
  it('are valid for their run and link until their lifetime is over', () => {
    expect(checkPageNonce(scope, nonce, NOW_MS)).toBe('valid');
    expect(checkPageNonce(scope, nonce, NOW_MS + PAGE_NONCE_LIFETIME_MS)).toBe('valid');
  });

  it('expire one millisecond later', () => {
    expect(checkPageNonce(scope, nonce, NOW_MS + PAGE_NONCE_LIFETIME_MS + 1)).toBe('expired');
  });

  it('are forged to another run with its own key', () => {
    expect(checkPageNonce({ ...scope, key: 'cd'.repeat(32) }, nonce, NOW_MS)).toBe('forged');
  });

  it('are forged to another link of the same run', () => {
    expect(checkPageNonce({ ...scope, linkHash: 'other' }, nonce, NOW_MS)).toBe('forged');
  });

  it('cannot be given a later time of issue', () => {
    const [, text, signature] = nonce.split('.');
    const later = `${(NOW_MS + PAGE_NONCE_LIFETIME_MS).toString(36)}.${text}.${signature}`;
    expect(checkPageNonce(scope, later, NOW_MS + PAGE_NONCE_LIFETIME_MS + 1)).toBe('forged');
  });

  it('cannot be made from a seal that was issued for another purpose', () => {
    expect(checkPageNonce(scope, seal({ ...scope, purpose: 'result' }, '', NOW_MS), NOW_MS)).toBe('forged');
  });

  it.each(['', '.', '..', '...', 'x.y', 'x.y.z', 'NaN..', `${nonce}.`, `${nonce}x`, nonce.slice(0, -1)])(
    'rejects %j',
    (text) => {
      expect(checkPageNonce(scope, text, NOW_MS)).toBe('forged');
    },
  );
});
