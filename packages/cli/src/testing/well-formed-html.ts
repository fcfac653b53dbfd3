const voidElements = ['meta', 'link', 'img', 'br', 'input', 'hr'];

/**
 * What is wrong with the structure of an HTML document: elements that are not closed in the order they were
 * opened in, or unquoted attributes. Enough for documents that close all they open.
 */
export function structureProblems(html: string): string[] {
  const problems: string[] = [];
  const open: string[] = [];
  // What stands in scripts and styles is no HTML.
  const markup = html
    .replace(/(<(script|style)[^>]*>)[\s\S]*?(<\/\2>)/g, '$1$3')
    .replace(/^<!doctype html>\n/, '');
  for (const [tag, slash, name = '', rest = ''] of markup.matchAll(/<(\/?)([a-z]\w*)([^>]*)>/g)) {
    if (!/^(\s+[a-z-]+(="[^"]*")?)*\s*$/.test(rest)) problems.push(`attributes of ${tag.slice(0, 80)}`);
    if (voidElements.includes(name)) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) problems.push(`${tag} closes something else`);
  }
  const stray = markup.replace(/<\/?[a-z]\w*[^>]*>/g, '').match(/[<>]/);
  if (stray) problems.push(`a stray ${stray[0]}`);
  return [...problems, ...open.map((name) => `<${name}> is not closed`)];
}
