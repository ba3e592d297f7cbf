import * as sdk from '@aws-sdk/client-dynamodb';
import batchGetItem from 'dynalite/actions/batchGetItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import createTable from 'dynalite/actions/createTable.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import deleteTable from 'dynalite/actions/deleteTable.js';
import describeTable from 'dynalite/actions/describeTable.js';
import getItem from 'dynalite/actions/getItem.js';
import listTables from 'dynalite/actions/listTables.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import updateTable from 'dynalite/actions/updateTable.js';
import batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import batchWriteItemRules from 'dynalite/validations/batchWriteItem.js';
import createTableRules from 'dynalite/validations/createTable.js';
import deleteItemRules from 'dynalite/validations/deleteItem.js';
import deleteTableRules from 'dynalite/validations/deleteTable.js';
import describeTableRules from 'dynalite/validations/describeTable.js';
import getItemRules from 'dynalite/validations/getItem.js';
import validations from 'dynalite/validations/index.js';
import listTablesRules from 'dynalite/validations/listTables.js';
import putItemRules from 'dynalite/validations/putItem.js';
import queryRules from 'dynalite/validations/query.js';
import scanRules from 'dynalite/validations/scan.js';
import updateItemRules from 'dynalite/validations/updateItem.js';
import updateTableRules from 'dynalite/validations/updateTable.js';
import { checkedTypes } from './attribute-maps.ts';
import type { DynaliteStore } from './dynalite-store.ts';
import { rememberExpressions } from './remembered-expressions.ts';
import { offWire, onWire } from './wire-form.ts';

interface Action {
  readonly act: typeof getItem;
  readonly rules: typeof getItemRules;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  BatchGetItem: { act: batchGetItem, rules: batchGetItemRules },
  BatchWriteItem: { act: batchWriteItem, rules: batchWriteItemRules },
  CreateTable: { act: createTable, rules: createTableRules },
  DeleteItem: { act: deleteItem, rules: deleteItemRules },
  DeleteTable: { act: deleteTable, rules: deleteTableRules },
  DescribeTable: { act: describeTable, rules: describeTableRules },
  GetItem: { act: getItem, rules: getItemRules },
  ListTables: { act: listTables, rules: listTablesRules },
  PutItem: { act: putItem, rules: putItemRules },
  Query: { act: query, rules: queryRules },
  Scan: { act: scan, rules: scanRules },
  UpdateItem: { act: updateItem, rules: updateItemRules },
  UpdateTable: { act: updateTable, rules: updateTableRules },
};

rememberExpressions();

/**
 * Runs one of dynalite's actions on the SDK's input, past its HTTP server: checked by its own rules, answered as the
 * SDK would have read the answer. Settings that dynalite does not know are dropped by those rules.
 */
export function perform(store: DynaliteStore, operation: string, input: object): Promise<Record<string, unknown>> {
  const { act, rules } = ACTIONS[operation]!;
  return new Promise((resolve, reject) => {
    try {
      const checked = checkedTypes(onWire(input) as Record<string, unknown>, rules.types, validations.checkTypes);
      validations.checkValidations(checked, rules.types, rules.custom, store);
      act(store, checked, (error, output) => {
        if (error) reject(asSdkException(error));
        else resolve(offWire(output ?? {}) as Record<string, unknown>);
      });
    } catch (error) {
      reject(asSdkException(error));
    }
  });
}

interface WireError {
  statusCode?: number;
  body?: { __type: string; message?: string; Message?: string };
}

type ExceptionClass = new (options: ConstructorParameters<typeof sdk.DynamoDBServiceException>[0]) => Error;

function asSdkException(error: unknown): unknown {
  const { statusCode, body } = error as WireError;
  if (body === undefined) return error;
  const name = body.__type.split('#').at(-1)!;
  // The package's exports, looked up by an error's name.
  const Exception = (sdk as unknown as Record<string, ExceptionClass>)[name] ?? sdk.DynamoDBServiceException;
  const message = body.message ?? body.Message ?? '';
  return new Exception({ name, message, $fault: 'client', $metadata: { httpStatusCode: statusCode ?? 400 } });
}
