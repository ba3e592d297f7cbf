import type { AccessRequest } from './policy.ts';

export type CallInput = Readonly<Record<string, unknown>>;

export interface AccessScope {
  readonly region: string;
  readonly accountId: string;
  tagsOfFunction(name: string): ReadonlyMap<string, string>;
}

/** What one call asks of IAM; AWS's Service Authorization Reference says so for each action. */
export type AccessRequests = (operation: string, input: CallInput, scope: AccessScope) => readonly AccessRequest[];

export const arnOf = ({ region, accountId }: AccessScope, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;
