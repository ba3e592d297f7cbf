import type { ItemReaderProgram } from '../definition/program.ts';
import { ErrorName, StateError } from '../errors.ts';
import { isObject, type JsonValue } from '../json.ts';
import { evaluateInteger, evaluateTemplate } from '../query/template.ts';
import type { Visit } from '../run/visit.ts';
import { parseCsvRows, rowsToItems } from './csv.ts';

/** The items of a dataset and where they came from (`Map.Item.Source`). */
export interface Dataset {
  readonly items: readonly JsonValue[];
  readonly source: string;
}

function failed(cause: string): StateError {
  return new StateError(ErrorName.itemReaderFailed, cause);
}

/** Follows a JSON Pointer (RFC 6901). */
function pointAt(document: JsonValue, pointer: string): JsonValue {
  let value: JsonValue = document;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
      throw failed(`ItemsPointer '${pointer}' leads to nothing`);
    }
    value = (value as Record<string, JsonValue>)[key] as JsonValue;
  }
  return value;
}

function parseJson(text: string, what: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw failed(`${what} is no valid JSON: ${(error as Error).message}`);
  }
}

function readJson(body: string, pointer: string | undefined): readonly JsonValue[] {
  const document = parseJson(body, 'The object');
  const items = pointer === undefined ? document : pointAt(document, pointer);
  if (Array.isArray(items)) return items;
  throw failed('Attempting to map over non-iterable node: the object must hold a JSON array.');
}

function readJsonLines(body: string): JsonValue[] {
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, index) => parseJson(line, `Line ${index + 1}`));
}

function readCsv(body: string, reader: ItemReaderProgram): JsonValue[] {
  const rows = parseCsvRows(body, reader.csvDelimiter);
  const headers = reader.csvHeaders ?? rows.shift() ?? [];
  if (new Set(headers).size !== headers.length) throw failed('CSV headers cannot contain duplicates.');
  return rowsToItems(rows, headers);
}

function readBody(body: string, reader: ItemReaderProgram): readonly JsonValue[] {
  if (reader.inputType === 'CSV') return readCsv(body, reader);
  return reader.inputType === 'JSONL' ? readJsonLines(body) : readJson(body, reader.itemsPointer);
}

async function fetchBody(visit: Visit, bucket: string, key: string): Promise<string> {
  try {
    return await visit.services.clock.run(() => visit.services.objects.get(bucket, key, visit.execution.arn));
  } catch (error) {
    throw failed(`Could not read s3://${bucket}/${key}: ${(error as Error).message}`);
  }
}

/** Reads the dataset of an ItemReader; every way to fail is `States.ItemReaderFailed`. */
export async function readDataset(visit: Visit, reader: ItemReaderProgram): Promise<Dataset> {
  const view = visit.view();
  const place = await evaluateTemplate(reader.arguments, view);
  const { Bucket: bucket, Key: key } = isObject(place) ? place : {};
  if (typeof bucket !== 'string' || typeof key !== 'string') throw failed('ItemReader needs a Bucket and a Key.');
  const maxItems = reader.maxItems && (await evaluateInteger(reader.maxItems, view, { min: 1, max: 100_000_000 }));
  const items = readBody(await fetchBody(visit, bucket, key), reader);
  return { items: maxItems === undefined ? items : items.slice(0, maxItems), source: `S3://${bucket}/${key}` };
}
