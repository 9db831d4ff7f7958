/** The widget's look, inside its shadow root: nothing of it reaches the merchant's page, nor the other way round. */
export const STYLE = `:host{all:initial}
*{box-sizing:border-box;font:14px/1.4 system-ui}
svg{fill:none;stroke:currentColor;stroke-width:2.2}
.c{--s:#fffefc;--t:#211f1c;--m:#5d5850;position:fixed;z-index:999999999;right:20px;bottom:max(20px,env(safe-area-inset-bottom));display:flex;flex-direction:column;align-items:flex-end;gap:12px}
.l{right:auto;left:20px;align-items:flex-start}
.d{--s:#242220;--t:#ece9e4;--m:#b3aca1}
button{border:0;padding:0;background:0;color:var(--m);cursor:pointer}
button:focus-visible{outline:3px solid var(--f);outline-offset:3px}
.b{position:relative;width:56px;height:56px;padding:14px;border-radius:50%;background:var(--f);color:var(--i)}
.b,.w{box-shadow:0 8px 32px -8px #0006}
.n{position:absolute;top:-4px;right:-4px;min-width:20px;padding:0 6px;border-radius:10px;background:#b8322a;color:#fff;font-size:12px;line-height:20px}
.w{position:absolute;right:0;bottom:68px;width:400px;height:min(680px,100vh - 112px);border:0;border-radius:16px;background:var(--s);opacity:0;visibility:hidden}
.l .w{right:auto;left:0}
.o .w{opacity:1;visibility:visible}
[hidden]{display:none}
@media(prefers-reduced-motion:no-preference){.w{transition:.14s}}
@media(max-width:480px){.w,.l .w{position:fixed;inset:0;width:100%;height:100%;border-radius:0}}`;
