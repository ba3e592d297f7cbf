import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { clock } from '../../clock.ts';
import { EVENT_SOURCE } from '../../constants.ts';
import type { OutcomeEvent } from '../../contracts/events.ts';
import { TransientError } from '../../errors.ts';
import { callAws } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

/** PutEvents takes at most ten entries. */
const ENTRIES_PER_CALL = 10;
/** Entries that EventBridge refused one by one are sent again this often before the task is tried anew. */
const ATTEMPTS = 4;
const WAIT_MS = 200;

/** One event per outcome on the configured bus, for whoever wants to act on them. */
export interface OutcomeEvents {
  publish(events: readonly OutcomeEvent[]): Promise<void>;
}

export function createOutcomeEvents(eventBusName: string): OutcomeEvents {
  const client = createClient(EventBridgeClient);
  return {
    publish: async (events) => {
      for (let start = 0; start < events.length; start += ENTRIES_PER_CALL) {
        await send(
          client,
          events.slice(start, start + ENTRIES_PER_CALL).map((event) => asEntry(event, eventBusName)),
        );
      }
    },
  };
}

function asEntry({ detailType, detail }: OutcomeEvent, EventBusName: string): PutEventsRequestEntry {
  return { Source: EVENT_SOURCE, DetailType: detailType, Detail: JSON.stringify(detail), EventBusName };
}

async function send(client: EventBridgeClient, entries: PutEventsRequestEntry[]): Promise<void> {
  let pending = entries;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const answer = await callAws('events:PutEvents', () => client.send(new PutEventsCommand({ Entries: pending })));
    pending = pending.filter((_, index) => answer.Entries?.[index]?.ErrorCode !== undefined);
    if (pending.length === 0) return;
    await clock.sleep(WAIT_MS * 2 ** attempt);
  }
  throw new TransientError(`EventBridge refused ${pending.length} events ${ATTEMPTS} times`);
}
