import { SignatureV4 } from '@smithy/signature-v4';

/**
 * Stands in for `@aws-sdk/signature-v4-multi-region` in the bundles of tasks: the signatures for calls of several regions
 * at once (sigv4a) need a library that no task brings along, so that all of it, 3 KiB, only leads to the plain signature
 * or to an error.
 */
export class SignatureV4MultiRegion extends SignatureV4 {
  static sigv4aDependency(): 'none' {
    return 'none';
  }

  override sign(...given: unknown[]): Promise<never> {
    const [, { signingRegion } = {}] = given as [unknown, { signingRegion?: string }?];
    if (signingRegion === '*')
      throw new Error(
        'signatures for several regions are left out of the bundles of tasks, see infra/constructs/left-out',
      );
    return super.sign(...(given as Parameters<SignatureV4['sign']>)) as Promise<never>;
  }
}

export { SignatureV4 as SignatureV4SignWithCredentials };
