/** @jsxImportSource preact */

/** The goods of the example shop, drawn: no photograph of anybody's. */
export const GOODS = [
  {
    key: "notebook",
    price: "12.80",
    tone: "sand",
    picture: (
      <>
        <rect x="46" y="26" width="72" height="98" rx="6" class="ink-fill" />
        <rect x="56" y="26" width="62" height="98" rx="4" class="paper" />
        <path d="M66 46h42M66 60h42M66 74h42M66 88h28" class="line" />
      </>
    ),
  },
  {
    key: "lamp",
    price: "89.00",
    tone: "sky",
    picture: (
      <>
        <path d="M54 124h56M82 124V92l26-24" class="stroke" />
        <path d="m92 40 34 34-14 6-26-26z" class="ink-fill" />
        <path d="M72 66a14 14 0 0 0 24 22" class="line" />
      </>
    ),
  },
  {
    key: "bottle",
    price: "59.00",
    tone: "leaf",
    picture: (
      <>
        <rect x="66" y="22" width="32" height="22" rx="6" class="ink-fill" />
        <rect x="58" y="40" width="48" height="88" rx="14" class="paper" />
        <rect x="58" y="76" width="48" height="24" class="ink-fill" />
      </>
    ),
  },
  {
    key: "bag",
    price: "139.00",
    tone: "clay",
    picture: (
      <>
        <path d="M62 58V46a20 20 0 0 1 40 0v12" class="stroke" />
        <rect x="44" y="56" width="76" height="70" rx="14" class="ink-fill" />
        <rect x="58" y="86" width="48" height="26" rx="8" class="paper" />
      </>
    ),
  },
] as const;
