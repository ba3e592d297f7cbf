import { MAX_PAYLOAD_BYTES } from '../payload-size.ts';
import { FieldReader } from './field-reader.ts';
import type {
  DistributedOptions,
  ItemBatcherProgram,
  ItemReaderProgram,
  MachineType,
  ResultWriterProgram,
} from './program.ts';

const COUNT = { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true } as const;
const POSITIVE = { min: 1, max: Number.MAX_SAFE_INTEGER, integer: true } as const;
/** Most items an ItemReader hands on (Step Functions documentation of `MaxItems`). */
const MAX_ITEMS = 100_000_000;
const MAX_LABEL_CHARACTERS = 40;
const LABEL_FORBIDDEN = /[\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]/u;
const DELIMITERS = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' } as const;

function child(fields: FieldReader, name: string): FieldReader | undefined {
  if (!fields.has(name)) return undefined;
  return new FieldReader(fields.raw(name), `${fields.path}.${name}`, fields.context, `${name}/`);
}

function parseHeaders(config: FieldReader, inputType: string | undefined): string[] | undefined {
  const location = config.oneOf('CSVHeaderLocation', ['FIRST_ROW', 'GIVEN']);
  const headers = config.strings('CSVHeaders');
  if (inputType !== 'CSV') {
    if (location ?? headers) config.problem('CSVHeaderLocation', 'is only for InputType CSV');
    return undefined;
  }
  if (location === undefined) config.problem('CSVHeaderLocation', 'is required for InputType CSV');
  if ((location === 'GIVEN') !== (headers !== undefined)) {
    config.problem('CSVHeaders', 'must be there if, and only if, CSVHeaderLocation is GIVEN');
  }
  return headers;
}

function parseReaderConfig(reader: FieldReader, argumentsTemplate: ItemReaderProgram['arguments']): ItemReaderProgram {
  const config = child(reader, 'ReaderConfig') ?? new FieldReader({}, `${reader.path}.ReaderConfig`, reader.context);
  const inputType = config.oneOf('InputType', ['JSON', 'JSONL', 'CSV']);
  if (inputType === undefined && !config.has('InputType')) config.problem('InputType', 'is required');
  config.oneOf('Transformation', ['NONE']);
  const itemsPointer = config.string('ItemsPointer');
  if (itemsPointer !== undefined && inputType !== 'JSON') config.problem('ItemsPointer', 'is only for InputType JSON');
  const delimiter = config.oneOf('CSVDelimiter', Object.keys(DELIMITERS) as (keyof typeof DELIMITERS)[]);
  const program: ItemReaderProgram = {
    arguments: argumentsTemplate,
    inputType: inputType ?? 'JSON',
    csvHeaders: parseHeaders(config, inputType),
    csvDelimiter: DELIMITERS[delimiter ?? 'COMMA'],
    itemsPointer,
    maxItems: config.numberOrExpression('MaxItems', { min: 1, max: MAX_ITEMS, integer: true }),
  };
  config.finish();
  return program;
}

function parseItemReader(map: FieldReader): ItemReaderProgram | undefined {
  const reader = child(map, 'ItemReader');
  if (!reader) return undefined;
  const resource = reader.requiredString('Resource');
  if (!/^arn:aws[\w-]*:states:::s3:getObject$/.test(resource))
    reader.problem('Resource', `is not supported: ${resource}`);
  const argumentsTemplate = reader.template('Arguments');
  if (!argumentsTemplate) reader.problem('Arguments', 'is required');
  const program = parseReaderConfig(reader, argumentsTemplate ?? { kind: 'literal', value: {} });
  reader.finish();
  return program;
}

function parseItemBatcher(map: FieldReader): ItemBatcherProgram | undefined {
  const batcher = child(map, 'ItemBatcher');
  if (!batcher) return undefined;
  const program: ItemBatcherProgram = {
    maxItemsPerBatch: batcher.numberOrExpression('MaxItemsPerBatch', POSITIVE),
    maxInputBytesPerBatch: batcher.numberOrExpression('MaxInputBytesPerBatch', {
      ...POSITIVE,
      max: MAX_PAYLOAD_BYTES,
    }),
    batchInput: batcher.template('BatchInput'),
  };
  if (!batcher.has('MaxItemsPerBatch') && !batcher.has('MaxInputBytesPerBatch')) {
    batcher.problem('MaxItemsPerBatch', 'or MaxInputBytesPerBatch is required');
  }
  batcher.finish();
  return program;
}

function parseDestination(writer: FieldReader): ResultWriterProgram['destination'] {
  if (writer.has('Resource') !== writer.has('Arguments')) writer.problem('Arguments', 'and Resource go together');
  const resource = writer.string('Resource');
  if (resource !== undefined && !/^arn:aws[\w-]*:states:::s3:putObject$/.test(resource)) {
    writer.problem('Resource', `is not supported: ${resource}`);
  }
  return writer.template('Arguments');
}

function parseResultWriter(map: FieldReader): ResultWriterProgram | undefined {
  const writer = child(map, 'ResultWriter');
  if (!writer) return undefined;
  const destination = parseDestination(writer);
  const config = child(writer, 'WriterConfig');
  const transformation = config?.oneOf('Transformation', ['NONE', 'COMPACT', 'FLATTEN']);
  const outputType = config?.oneOf('OutputType', ['JSON', 'JSONL']);
  if (config && (!config.has('Transformation') || !config.has('OutputType'))) {
    config.problem('Transformation', 'and OutputType are both required');
  }
  if (!config && !destination) writer.problem('WriterConfig', 'or Resource and Arguments are required');
  if (!destination && outputType === 'JSONL') config?.problem('OutputType', 'JSONL needs a Resource to write to');
  config?.finish();
  writer.finish();
  return { destination, transformation: transformation ?? 'NONE', outputType: outputType ?? 'JSON' };
}

function parseLabel(map: FieldReader, stateName: string): string {
  const label = map.string('Label');
  if (label === undefined) return stateName.replace(/[^A-Za-z0-9_-]/g, '').slice(0, MAX_LABEL_CHARACTERS) || 'Map';
  if (label.length === 0 || label.length > MAX_LABEL_CHARACTERS || LABEL_FORBIDDEN.test(label)) {
    map.problem('Label', `must be 1 to ${MAX_LABEL_CHARACTERS} characters without white space and wildcards`);
  }
  return label;
}

/** Reads the fields only a Distributed Map has. */
export function parseDistributed(name: string, map: FieldReader, executionType: MachineType): DistributedOptions {
  if (map.has('Items') && map.has('ItemReader')) map.problem('ItemReader', 'and Items exclude each other');
  return {
    executionType,
    label: parseLabel(map, name),
    itemReader: parseItemReader(map),
    itemBatcher: parseItemBatcher(map),
    resultWriter: parseResultWriter(map),
    toleratedFailurePercentage: map.numberOrExpression('ToleratedFailurePercentage', {
      min: 0,
      max: 100,
      integer: false,
    }),
    toleratedFailureCount: map.numberOrExpression('ToleratedFailureCount', COUNT),
  };
}
