import type { ContentChunk } from '@mistralai/mistralai/models/components';

/** The text of an answer, without the thoughts of models that reason. */
export function textOf(content: string | readonly ContentChunk[] | null | undefined): string {
  if (typeof content === 'string') return content;
  return (content ?? [])
    .map((chunk) => (chunk.type === 'text' && 'text' in chunk ? chunk.text : ''))
    .join('');
}
