import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import type { LiveAlias } from '../../domain/night/change/live-function.ts';

export function asLiveAlias({ Name, FunctionVersion, RoutingConfig, RevisionId }: AliasConfiguration): LiveAlias {
  return {
    name: Name ?? '',
    functionVersion: FunctionVersion ?? '',
    weights: RoutingConfig?.AdditionalVersionWeights ?? {},
    revisionId: RevisionId ?? '',
  };
}
