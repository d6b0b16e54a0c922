/** A line of a Markdown file, or a part of it. */
export interface MarkdownLine {
  readonly text: string;
  readonly number: number;
}

/** Shell examples line by line, and inline code. */
export function commandLines(markdown: string): MarkdownLine[] {
  let language: string | undefined;
  return markdown.split('\n').flatMap((text, index) => {
    const fence = /^\s*```(\w*)/.exec(text);
    if (fence) {
      language = language === undefined ? fence[1] : undefined;
      return [];
    }
    const inline = [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] as string);
    const isShell = /^(?:|sh|bash|shell|console)$/.test(language ?? 'none');
    return (isShell ? [text] : inline).map((command) => ({ text: command, number: index + 1 }));
  });
}

/** The words of a Markdown file line by line: no code, and no address of a link. */
export function prose(markdown: string): MarkdownLine[] {
  let inCode = false;
  return markdown.split('\n').flatMap((text, index) => {
    const isFence = /^\s*```/.test(text);
    if (isFence) inCode = !inCode;
    return isFence || inCode ? [] : [{ text: text.replace(/`[^`]*`|\]\([^)]*\)/g, ''), number: index + 1 }];
  });
}

/** Relative links of a Markdown file, without their anchors. */
export function relativeLinks(markdown: string): { target: string; number: number }[] {
  return markdown
    .split('\n')
    .flatMap((text, index) =>
      [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
        .map((match) => ({ target: match[1] as string, number: index + 1 }))
        .filter(({ target }) => !/^[a-z]+:/.test(target)),
    );
}
