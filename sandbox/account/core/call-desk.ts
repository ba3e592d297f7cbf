import type { VirtualClock } from '../../clock/virtual-clock.ts';
import type { AccessControl } from '../iam/access-control.ts';
import { type Fault, FaultInjection } from './faults.ts';
import { checkFields, type Service } from './operation.ts';
import { UnsupportedByAccountError } from './unsupported.ts';

export interface CallDeskProps {
  readonly clock: VirtualClock;
  readonly iam: AccessControl;
  /** Virtual time that each call takes. */
  readonly latencyMs: (service: string, operation: string) => number;
}

/** Where a call arrives: counted, checked, authorized, struck by faults, throttled, and answered by its service. */
export class CallDesk {
  readonly services = new Map<string, Service>();
  /** Attempts by "Service.Operation", retries counted each. */
  readonly calls = new Map<string, number>();
  readonly faults = new FaultInjection();
  private readonly props: CallDeskProps;

  constructor(props: CallDeskProps) {
    this.props = props;
  }

  /** @throws UnsupportedByAccountError for an operation that no service here has, and what AWS would answer */
  async answer(serviceName: string, operationName: string, input: Record<string, unknown>): Promise<object> {
    const call = `${serviceName}.${operationName}`;
    this.calls.set(call, (this.calls.get(call) ?? 0) + 1);
    const service = this.services.get(serviceName);
    const operation = service?.operations[operationName];
    if (!service || !operation) throw new UnsupportedByAccountError(call);
    checkFields(call, operation, input);
    const { clock, iam } = this.props;
    const latencyMs = this.props.latencyMs(serviceName, operationName);
    if (latencyMs > 0) await clock.sleep(latencyMs);
    iam.authorize(serviceName, operationName, input);
    const faults = this.faults.striking(serviceName, operationName, input);
    const replacement = faults.length > 0 ? await this.strike(faults) : undefined;
    if (replacement) return replacement;
    service.throttle?.(operationName, input);
    return iam.answer(call, input, async () => (await operation.run(input)) as object);
  }

  private async strike(faults: readonly Fault[]): Promise<object | undefined> {
    for (const { delayMs, error, output } of faults) {
      if (delayMs !== undefined) await this.props.clock.sleep(delayMs);
      if (error !== undefined) throw typeof error === 'function' ? error() : error;
      if (output !== undefined) return output;
    }
    return undefined;
  }
}
