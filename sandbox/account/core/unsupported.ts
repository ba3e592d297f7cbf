/**
 * The account refuses what it does not implement, by a name that no retry policy and no product code knows: a sandbox
 * that ignores a field quietly proves nothing.
 */
export class UnsupportedByAccountError extends Error {
  override readonly name = 'UnsupportedByAccountError';

  constructor(what: string) {
    super(`the embedded account does not implement ${what}`);
  }
}
