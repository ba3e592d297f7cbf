import path from 'node:path';
import type { FixedSite, Place, SourceFile } from '../definition.ts';
import { placeAt, spoken } from '../text/position.ts';

/** Why a value cannot be overwritten, and where the name that it refers to is declared, if that is near. */
export function whyFixed({ place, why, declaration }: FixedSite, files: readonly SourceFile[]): string {
  const declared = declaration && declaredAt(declaration, place, files);
  const said = `${spoken(place)}: ${why}`;
  return declared === undefined || spoken(declared) === spoken(place)
    ? said
    : `${said} (declared at ${spoken(declared)})`;
}

/** In the same file, or in one of its kind beside it; imports from elsewhere are not followed. */
function declaredAt(declaration: RegExp, { file }: Place, files: readonly SourceFile[]): Place | undefined {
  const isNear = (each: SourceFile): boolean =>
    path.posix.dirname(each.path) === path.posix.dirname(file) && path.extname(each.path) === path.extname(file);
  const near = files.filter(isNear).sort((a, b) => Number(b.path === file) - Number(a.path === file));
  for (const each of near) {
    const found = declaration.exec(each.text);
    if (found) return placeAt(each, found.index + found[0].length);
  }
  return undefined;
}
