import { modulesOf } from '../bundle-modules.ts';

const MODULE = /^\/\/ node_modules\/@(?:aws-sdk|smithy)\/[^\n]*\/Crc32(?:cJs|Js|Node)\.js\n/;
const TABLE = /^(for \([\s\S]*?\n\}\n)(var (Crc32c?Js\d*) = class \{\n[\s\S]*?^ {2}update\(data\) \{\n)/m;
const CHOICE = /^(var Crc32Node\d* = )zlibCrc32\d* \? (buildNativeClass\d*\(zlibCrc32\d*\)) : Crc32Js\d*;$/m;

/**
 * The bundle without the tables of checksums that are hardly ever asked for, made while it loads: of CRC32, which Node has
 * itself, and of CRC32C, by which S3 checks what people uploaded with it and nothing that a task wrote; its table is made
 * when it is. Four thousand steps at a bundle's top level can have Node compile all of that level a second time.
 */
export const withoutUnaskedChecksums = (bundle: string): string =>
  modulesOf(bundle)
    .map((module) => (MODULE.test(module) ? module.replace(CHOICE, '$1$2;').replace(TABLE, madeWhenUsed) : module))
    .join('');

const madeWhenUsed = (_: string, loop: string, use: string, name: string): string =>
  `var tableOf${name} = () => {\n${loop}tableOf${name} = () => {};\n};\n${use}    tableOf${name}();\n`;
