import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { RightsizerError } from '../../errors.ts';
import { IssuerAwayError } from './issuer-away.ts';

/** Codes of the library for answers that prove nothing, as against answers that prove the wrong thing. */
const NO_ANSWER: readonly (string | undefined)[] = [
  undefined,
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
];

/** Error codes of RFC 6749 are of these characters; anything else is not repeated. */
const ERROR_CODE = /^[a-z_]{1,40}$/;

/**
 * Why a sign-in is refused, in words that hold nothing of the request or the token.
 *
 * @throws IssuerAwayError where nothing was refused, because the issuer did not answer; what is ours passes as it is.
 */
export function refusalReason(error: unknown): string {
  if (error instanceof AuthorizationResponseError) return 'the issuer sent the browser back with an error';
  if (error instanceof ResponseBodyError) return `the issuer answered ${errorCode(error.error)} to the code`;
  if (error instanceof WWWAuthenticateChallengeError) return 'the issuer refused the client';
  if (error instanceof ClientError && !NO_ANSWER.includes(error.code)) return libraryWords(error);
  throw error instanceof RightsizerError ? error : awayBecause(error);
}

/** Whether the issuer refused the client itself, as it does after its secret was rotated. */
export const isClientRefused = (error: unknown): boolean =>
  error instanceof WWWAuthenticateChallengeError ||
  (error instanceof ResponseBodyError && error.error === 'invalid_client');

/** The failure to log, and to tell people that their sign-in can be tried again. */
export function awayBecause(error: unknown): IssuerAwayError {
  if (error instanceof ClientError && !NO_ANSWER.includes(error.code)) return new IssuerAwayError(libraryWords(error));
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return new IssuerAwayError(`the issuer did not answer (${String(code ?? cause?.code ?? 'no connection')})`);
}

const errorCode = (text: string): string => (ERROR_CODE.test(text) ? text : 'an error');

/** The library wraps its findings once; its words name claims and parameters, never their values. */
function libraryWords(error: ClientError): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}
