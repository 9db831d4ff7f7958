/** Values for the placeholders of a message. */
export type MessageValues = Readonly<Record<string, string | number>>;

/** Looks up a dotted key and fills it. An unknown key comes back as it is, so that a gap shows and nothing breaks. */
export type Translate = (key: string, values?: MessageValues) => string;

/** Nested messages, as in the JSON files. */
export interface MessageTree {
  readonly [key: string]: string | MessageTree;
}

function lookUp(tree: MessageTree, key: string): string | undefined {
  let node: string | MessageTree | undefined = tree;
  for (const part of key.split(".")) {
    node = typeof node === "object" && Object.hasOwn(node, part) ? node[part] : undefined;
  }
  return typeof node === "string" ? node : undefined;
}

/** Index just past the brace that closes the one at `open`. */
function closingOf(text: string, open: number): number {
  let depth = 0;
  for (let index = open; index < text.length; index += 1) {
    if (text[index] === "{") {
      depth += 1;
    } else if (text[index] === "}") {
      depth -= 1;
      if (depth === 0) {
        return index + 1;
      }
    }
  }
  return text.length;
}

function branchesOf(text: string): Map<string, string> {
  const branches = new Map<string, string>();
  let rest = text;
  for (let open = rest.indexOf("{"); open >= 0; open = rest.indexOf("{")) {
    const end = closingOf(rest, open);
    branches.set(rest.slice(0, open).trim(), rest.slice(open + 1, end - 1));
    rest = rest.slice(end);
  }
  return branches;
}

function fill(locale: string, text: string, values: MessageValues): string {
  let output = "";
  let position = 0;
  for (let open = text.indexOf("{"); open >= 0; open = text.indexOf("{", position)) {
    const end = closingOf(text, open);
    output += text.slice(position, open) + place(locale, text.slice(open + 1, end - 1), values);
    position = end;
  }
  return output + text.slice(position);
}

function place(locale: string, argument: string, values: MessageValues): string {
  const [name = "", kind, ...rest] = argument.split(",");
  const value = values[name.trim()];
  if (kind === undefined) {
    return value === undefined ? `{${argument}}` : typeof value === "number" ? value.toLocaleString(locale) : value;
  }
  const branches = branchesOf(rest.join(","));
  const count = Number(value);
  const branch =
    kind.trim() === "plural"
      ? (branches.get(`=${count}`) ?? branches.get(new Intl.PluralRules(locale).select(count)))
      : branches.get(String(value));
  const chosen = branch ?? branches.get("other") ?? "";
  return fill(locale, kind.trim() === "plural" ? chosen.replaceAll("#", count.toLocaleString(locale)) : chosen, values);
}

/**
 * A translator without a framework: for text that the server writes (bot and system lines, errors, mail) and for the
 * visitor's chat, where next-intl would weigh too much. It understands `{name}`, `{n, plural, =0 {…} one {…} other {…}}`
 * and `{x, select, …}` of ICU MessageFormat, which is what our messages use; the same files work with both.
 */
export function createTranslator(locale: string, messages: MessageTree): Translate {
  return (key, values = {}) => {
    const text = lookUp(messages, key);
    return text === undefined ? key : fill(locale, text, values);
  };
}
