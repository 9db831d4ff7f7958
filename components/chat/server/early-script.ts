/**
 * Runs before the page's script is there: what is sent or tapped meanwhile is shown and kept, for the script to take
 * over (early-requests.ts). Old syntax, because it goes out as it is.
 */
export const EARLY_SCRIPT = `(function(){
var e=window.yingdaEarly={queue:[],taken:false},f=document.getElementById("composer"),t=f.elements.message,l=document.getElementById("early");
function add(v){e.queue.push({text:v});var r=document.createElement("li"),b=document.createElement("div"),p=document.createElement("p");
r.className="row row-own row-first";b.className="bubble";p.className="plain";p.textContent=v;b.appendChild(p);r.appendChild(b);l.appendChild(r)}
function send(){var v=t.value.trim();if(v&&v.length<=5000){add(v);t.value=""}}
f.addEventListener("submit",function(s){if(e.taken)return;s.preventDefault();send()});
t.addEventListener("keydown",function(k){if(e.taken||k.key!=="Enter"||k.shiftKey||k.isComposing||k.keyCode===229)return;k.preventDefault();send()});
document.addEventListener("click",function(c){if(e.taken||!c.target.closest)return;var a=c.target.closest("[data-ask],[data-handoff]");if(!a)return;
if(a.hasAttribute("data-ask"))add(a.getAttribute("data-ask"));else if(!a.disabled){e.queue.push({handoff:true});a.disabled=true}});
})()`;
