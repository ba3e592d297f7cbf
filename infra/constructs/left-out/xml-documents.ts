import { modulesOf } from '../bundle-modules.ts';

const SERIALIZER = /^\/\/ node_modules\/@aws-sdk\/core\/[^\n]*\/xml\/XmlShapeSerializer\.js\n/;
const DOCUMENT = /this\.writeStruct\(\w+, \w+, void 0\)/;
/** What writes a document's parts; texts and bytes are written by `write` itself. */
const PART = /^ {2}(?!constructor\(|write\(|flush\()\w+\([^\n]*\) \{\n[\s\S]*?^ {2}\}\n/gm;
const REFUSAL =
  '(() => { throw new Error("XML documents are left out of what tasks send, see infra/constructs/left-out"); })()';

/**
 * The bundle without what writes XML. S3 answers in XML and takes some of its requests in it (a bucket's rules, the parts of
 * an upload), none of which a task sends: 5 KiB. As it is where the SDK's serializer is not what it is today.
 */
export const withoutXmlDocuments = (bundle: string): string =>
  modulesOf(bundle)
    .map((module) =>
      SERIALIZER.test(module) && DOCUMENT.test(module) ? module.replace(PART, '').replace(DOCUMENT, REFUSAL) : module,
    )
    .join('');
