import type { GetPolicyCommandInput, GetPolicyCommandOutput } from '@aws-sdk/client-lambda';
import { operation } from '../core/operation.ts';
import { notFound } from './errors.ts';
import type { FunctionStore } from './function-store.ts';
import { parseFunctionName } from './qualified-name.ts';

/** Policies are given by whoever sets the account up; AddPermission is not implemented. */
export function getPolicy(store: FunctionStore, policies: ReadonlyMap<string, string>) {
  return operation<GetPolicyCommandInput, GetPolicyCommandOutput>(['FunctionName', 'Qualifier'], (input) => {
    const { name, qualifier } = parseFunctionName(input.FunctionName, input.Qualifier);
    store.get(name);
    const policy = policies.get(qualifier === undefined ? name : `${name}:${qualifier}`);
    if (policy === undefined) throw notFound('The resource you requested does not exist.');
    return { Policy: policy };
  });
}
