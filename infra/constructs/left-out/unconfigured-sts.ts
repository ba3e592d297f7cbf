/**
 * Stands in for `@aws-sdk/client-sts` in the bundles of a stage that looks after no other account (`organization`): 9 KiB
 * of prepare-approvals, 27 of collect-metrics, where nothing else speaks the Query protocol.
 */
import { notConfigured } from './not-configured.ts';

export const STSClient = notConfigured('organization');
export const AssumeRoleCommand = STSClient;
