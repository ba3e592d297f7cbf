import { createHmac } from 'node:crypto';
import { equalInConstantTime } from './link-id.ts';

/** What a seal is bound to: a run's own key, its link, and what the seal may be used for. */
export interface SealScope {
  /** Hex; RunRecord.nonceKey. */
  readonly key: string;
  readonly linkHash: string;
  readonly purpose: 'decide' | 'result' | 'sign-in' | 'session';
}

export type UnsealResult = { valid: true; text: string } | { valid: false; why: 'forged' | 'expired' };

/**
 * Seals a short text with the time of issue, so that whoever holds the key can tell later that it is ours, for this
 * run and purpose, and how old it is. Nothing is stored: a GET hands seals out and changes nothing.
 */
export function seal(scope: SealScope, text: string, nowMs: number): string {
  const issued = Math.floor(nowMs).toString(36);
  const body = `${issued}.${Buffer.from(text).toString('base64url')}`;
  return `${body}.${signatureOf(scope, body)}`;
}

/** Opens a seal; the signature is compared in constant time and before the age is looked at. */
export function unseal(scope: SealScope, sealed: string, nowMs: number, lifetimeMs: number): UnsealResult {
  const [issued, text, signature, ...rest] = sealed.split('.');
  if (issued === undefined || text === undefined || signature === undefined || rest.length > 0) {
    return { valid: false, why: 'forged' };
  }
  if (!equalInConstantTime(signature, signatureOf(scope, `${issued}.${text}`))) return { valid: false, why: 'forged' };
  if (nowMs - Number.parseInt(issued, 36) > lifetimeMs) return { valid: false, why: 'expired' };
  return { valid: true, text: Buffer.from(text, 'base64url').toString() };
}

function signatureOf(scope: SealScope, body: string): string {
  return createHmac('sha256', Buffer.from(scope.key, 'hex'))
    .update(`${scope.purpose}\n${scope.linkHash}\n${body}`)
    .digest('base64url');
}
