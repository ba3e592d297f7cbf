import type { SandboxAccount } from '../../../sandbox/account/sandbox-account.ts';

/** Everything that the configuration workflows set on customers' resources, as text by what it is set on. */
export function settingsOf(account: SandboxAccount): Map<string, string> {
  const settings = new Map<string, string>();
  for (const { name, reservedConcurrency, provisioned } of account.lambda.functions.all()) {
    if (reservedConcurrency !== undefined) settings.set(`reserved concurrency of ${name}`, String(reservedConcurrency));
    for (const [qualifier, { RequestedProvisionedConcurrentExecutions: requested }] of provisioned)
      settings.set(`provisioned concurrency of ${name}:${qualifier}`, String(requested));
  }
  for (const { Name, ScheduleExpression } of account.scheduler.all())
    settings.set(`schedule ${Name}`, String(ScheduleExpression));
  for (const { ResourceId, ScalableDimension, MinCapacity, MaxCapacity } of account.applicationAutoScaling.all()
    .targets)
    settings.set(`scaling of ${ResourceId} ${ScalableDimension}`, `${MinCapacity} to ${MaxCapacity}`);
  return settings;
}
