/** A file of somebody's sources, as text; what is before its first character (a byte order mark) is kept apart. */
export interface SourceFile {
  /** As the diff names it, with `/`. */
  path: string;
  text: string;
  byteOrderMark: boolean;
}

export interface Place {
  file: string;
  line: number;
}

/** Replaces the characters from `from` up to `to`; inserts where both are equal. */
export interface Edit {
  from: number;
  to: number;
  text: string;
}

/** Memory is in MB, a timeout in seconds, whatever units the source uses. */
export type Setting = 'memory' | 'timeout';

/** Where a definition says a setting: where it can be written, or why not. */
export type Site = WritableSite | FixedSite;

export interface WritableSite {
  kind: 'writable';
  place: Place;
  /** What the source says now; absent where it says nothing and the edit adds a line. */
  value?: number;
  edit(value: number): Edit;
}

/** A variable, an expression, a value that others share: nothing that may be overwritten in place. */
export interface FixedSite {
  kind: 'fixed';
  place: Place;
  why: string;
  /** Finds the declaration of the name that the value refers to. */
  declaration?: RegExp;
}

/** Literal parts of a name, with `null` for each part that only a deployment knows. */
export type NamePattern = readonly (string | null)[];

/** One function as a source defines it. */
export interface Definition {
  dialect: 'cloudformation' | 'cdk' | 'terraform' | 'serverless';
  file: SourceFile;
  place: Place;
  /** The function's name, where the source says one. */
  name?: NamePattern;
  /** The template's logical id, where the source says or determines it. */
  logicalId?: string;
  /** CDK: the construct's own id, from which a logical id is made. */
  constructId?: NamePattern;
  /** The class around it, which may be made more than once. */
  enclosingClass?: string;
  /** Why the definition may stand for several functions. */
  repeatedBy?: string;
  sites: Readonly<Record<Setting, Site>>;
}
