import type { ClassifiedAlarm, RemediationAction, RemediationResource } from '../../contracts/remediation.ts';

/** What an alarm means and what to do about it; ClassifyAlarm adds who reported what. */
export interface Diagnosis {
  verdict: ClassifiedAlarm['verdict'];
  cause: ClassifiedAlarm['cause'];
  reason: string;
  resource: RemediationResource;
  action?: RemediationAction;
}

type Cause = ClassifiedAlarm['cause'];

export const act = (
  resource: RemediationResource,
  cause: Cause,
  reason: string,
  action: RemediationAction,
): Diagnosis => ({ verdict: 'act', resource, cause, reason, action });

export const notify = (resource: RemediationResource, cause: Cause, reason: string): Diagnosis => ({
  verdict: 'notify',
  resource,
  cause,
  reason,
});

export const ignore = (resource: RemediationResource, cause: Cause, reason: string): Diagnosis => ({
  verdict: 'ignore',
  resource,
  cause,
  reason,
});
