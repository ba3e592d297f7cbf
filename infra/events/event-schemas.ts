import { toJsonSchema } from '@valibot/to-json-schema';
import { EVENT_SOURCE } from '../../shared/constants.ts';
import { EVENT_DETAILS, type EventDetailType } from '../../shared/contracts/events.ts';

/** Draft 7 is what EventBridge's schema registry and most validators take. */
const DRAFT = 'draft-07';

/** `Rightsizer Run Summary` is told in `rightsizer-run-summary.schema.json`. */
export const schemaFile = (detailType: EventDetailType): string =>
  `${detailType.toLowerCase().replaceAll(' ', '-')}.schema.json`;

/**
 * JSON Schema of whole events, as rules see them, by detail type. Fields that a later release adds are allowed: whoever
 * validates by these must not break with them.
 */
export function eventSchemas(): Readonly<Record<EventDetailType, object>> {
  const types = Object.keys(EVENT_DETAILS) as EventDetailType[];
  return Object.fromEntries(types.map((type) => [type, eventSchema(type)])) as Record<EventDetailType, object>;
}

function eventSchema(detailType: EventDetailType): object {
  const { $schema, ...detail } = toJsonSchema(EVENT_DETAILS[detailType], {
    target: DRAFT,
    typeMode: 'input',
    ignoreActions: ['finite'],
  });
  return {
    $schema,
    title: detailType,
    type: 'object',
    required: ['source', 'detail-type', 'detail'],
    properties: { source: { const: EVENT_SOURCE }, 'detail-type': { const: detailType }, detail },
  };
}
