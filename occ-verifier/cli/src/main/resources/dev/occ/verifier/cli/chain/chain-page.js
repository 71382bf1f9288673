'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const chart = document.getElementById('chart');
  const tip = document.getElementById('tip');
  const shownRange = document.getElementById('range');
  const FORKS = new Set(['fork-counter', 'fork-prev', 'fork-bypass', 'fork-slot', 'epoch-fork']);
  const GAPS = new Set(['gap', 'missing-start']);
  let max = 2;
  let colours = {};

  // Counters and widths are text. A width is a power of two, so that Number keeps it exactly.
  // Parts: one base-36 digit each, larger counts as (number).
  function decode(text) {
    const counts = [];
    for (let i = 0; i < text.length; i++) {
      if (text[i] === '(') {
        const end = text.indexOf(')', i);
        counts.push(Number(text.slice(i + 1, end)));
        i = end;
      } else {
        counts.push(parseInt(text[i], 36));
      }
    }
    return counts;
  }

  const rows = data.chains.map((chain, index) => {
    const row = {
      chain,
      canvas: document.getElementById('c' + index),
      counts: null,
      anchors: null,
      faults: [],
      markers: [],
    };
    max = Math.max(max, Number(chain.last || 0) + 1);
    return row;
  });
  data.faults.forEach((fault, index) => {
    if (fault.c !== undefined && rows[fault.c]) {
      rows[fault.c].faults.push({...fault, index, x: Number(fault.at || 0)});
    }
  });
  rows.forEach((row) => row.faults.sort((a, b) => a.x - b.x));
  let view = {from: 0, to: max};

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ['ink', 'soft', 'line', 'proof', 'proof-soft', 'bad', 'bad-soft', 'anchor', 'panel']) {
      colours[name] = style.getPropertyValue('--' + name).trim();
    }
  }

  function prepare(canvas) {
    const ratio = window.devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (canvas.width !== Math.round(width * ratio)) {
      canvas.width = Math.round(width * ratio);
    }
    if (canvas.height !== Math.round(height * ratio)) {
      canvas.height = Math.round(height * ratio);
    }
    const g = canvas.getContext('2d');
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, width, height);
    return {g, width, height};
  }

  const PAD = 8;
  const toX = (counter, width) =>
    PAD + ((counter - view.from) / (view.to - view.from)) * (width - 2 * PAD);
  const toCounter = (x, width) =>
    view.from + ((x - PAD) / (width - 2 * PAD)) * (view.to - view.from);

  function columns(part, counts, width) {
    const columns = new Float64Array(Math.ceil(width) + 1);
    const start = Number(part.s);
    const w = Number(part.w);
    const first = Math.max(0, Math.floor((view.from - start) / w));
    const last = Math.min(counts.length - 1, Math.ceil((view.to - start) / w));
    for (let i = first; i <= last; i++) {
      if (counts[i]) {
        const x = Math.floor(toX(start + (i + 0.5) * w, width));
        if (x >= 0 && x < columns.length) {
          columns[x] += counts[i];
        }
      }
    }
    return columns;
  }

  function drawRow(row) {
    const {g, width} = prepare(row.canvas);
    const chain = row.chain;
    if (!row.counts) {
      row.counts = decode(chain.d.c);
      row.anchors = decode(chain.a.c);
    }
    const mid = 28;
    const perCounter = (width - 2 * PAD) / (view.to - view.from);
    g.save();
    g.beginPath();
    g.rect(0, 0, width, 54);
    g.clip();
    for (const [from, to] of chain.r) {
      const x = toX(Number(from), width);
      const end = toX(Number(to), width);
      if (end >= 0 && x <= width) {
        g.fillStyle = colours['proof-soft'];
        const left = Math.max(-2, x);
        g.fillRect(left, mid - 3, Math.max(1.5, Math.min(width + 2, end) - left), 6);
      }
    }
    drawProofs(g, row, width, mid, perCounter);
    drawGaps(g, row, width, mid, perCounter);
    drawAnchors(g, row, width, mid, perCounter);
    drawFaults(g, row, width, mid);
    g.restore();
  }

  function drawProofs(g, row, width, mid, perCounter) {
    const part = row.chain.d;
    const w = Number(part.w);
    g.fillStyle = colours.proof;
    if (w <= 2 && perCounter >= 3.5) {
      const start = Number(part.s);
      const radius = Math.min(6, perCounter * 0.7);
      const first = Math.max(0, Math.floor((view.from - start) / w) - 1);
      const last = Math.min(row.counts.length - 1, Math.ceil((view.to - start) / w) + 1);
      for (let i = first; i <= last; i++) {
        if (row.counts[i]) {
          const x = toX(start + i * w + (w - 1) / 2, width);
          g.beginPath();
          g.arc(x, mid, radius, 0, 7);
          g.fill();
        }
      }
      return;
    }
    const counts = columns(part, row.counts, width);
    let highest = 1;
    for (const count of counts) {
      highest = Math.max(highest, count);
    }
    for (let x = 0; x < counts.length; x++) {
      if (counts[x]) {
        const h = 4 + 14 * Math.sqrt(counts[x] / highest);
        g.fillRect(x, mid - h / 2, 1, h);
      }
    }
  }

  function drawGaps(g, row, width, mid, perCounter) {
    for (const fault of row.faults) {
      if (!GAPS.has(fault.r)) {
        continue;
      }
      const dot = perCounter >= 3.5 ? Math.min(6, perCounter * 0.7) + 2 : 0;
      const from = toX(fault.r === 'gap' ? Number(fault.after || 0) : 0, width) + dot;
      const to = toX(fault.x, width) - dot;
      if (to < 0 || from > width) {
        continue;
      }
      const left = Math.max(-4, Math.min(from, to - 5));
      const right = Math.min(width + 4, to);
      g.fillStyle = colours.panel;
      g.fillRect(left, mid - 11, right - left, 22);
      g.fillStyle = colours['bad-soft'];
      g.fillRect(left, mid - 9, right - left, 18);
      g.strokeStyle = colours.bad;
      g.lineWidth = 1.5;
      g.setLineDash([4, 3]);
      g.strokeRect(left + 0.75, mid - 9, Math.max(1, right - left - 1.5), 18);
      g.setLineDash([]);
      if (right - left > 76) {
        g.fillStyle = colours.bad;
        g.font = '11px system-ui, sans-serif';
        g.textAlign = 'center';
        g.fillText(fault.m ? 'up to ' + fault.m + ' missing' : 'missing', (left + right) / 2, mid + 4);
      }
    }
  }

  function drawAnchors(g, row, width, mid, perCounter) {
    const counts = columns(row.chain.a, row.anchors, width);
    g.fillStyle = colours.anchor;
    let last = -20;
    for (let x = 0; x < counts.length; x++) {
      if (counts[x]) {
        if (x - last >= 9) {
          g.beginPath();
          g.moveTo(x + 0.5, mid + 13);
          g.lineTo(x + 5, mid + 18);
          g.lineTo(x + 0.5, mid + 23);
          g.lineTo(x - 4, mid + 18);
          g.fill();
          last = x;
        } else {
          g.fillRect(last, mid + 17, x - last, 2);
        }
      }
    }
  }

  function drawFaults(g, row, width, mid) {
    row.markers = [];
    let cluster = null;
    for (const fault of row.faults) {
      const x = toX(fault.x, width);
      const start = toX(fault.r === 'gap' ? Number(fault.after || 0) : 0, width);
      if (GAPS.has(fault.r) && x - start >= 8) {
        continue; // the dashed box says it
      }
      if (x < -10 || x > width + 10 || fault.ok) {
        continue;
      }
      if (cluster && x - cluster.x < 13) {
        cluster.faults.push(fault);
      } else {
        cluster = {x, faults: [fault]};
        row.markers.push(cluster);
      }
    }
    for (const marker of row.markers) {
      drawMarker(g, marker, mid);
    }
  }

  function drawMarker(g, marker, mid) {
    const x = marker.x;
    g.strokeStyle = colours.bad;
    g.fillStyle = colours.bad;
    g.lineWidth = 2;
    if (marker.faults.length > 1) {
      const text = String(marker.faults.length);
      g.font = '600 10px system-ui, sans-serif';
      const w = Math.max(14, g.measureText(text).width + 7);
      g.beginPath();
      g.roundRect(x - w / 2, 1, w, 14, 7);
      g.fill();
      g.fillStyle = colours.panel;
      g.textAlign = 'center';
      g.fillText(text, x, 12);
    } else if (FORKS.has(marker.faults[0].r)) {
      g.beginPath();
      g.moveTo(x, mid);
      g.lineTo(x, 11);
      g.moveTo(x, 17);
      g.lineTo(x + 6, 9);
      g.stroke();
      g.beginPath();
      g.arc(x, 6, 3.5, 0, 7);
      g.arc(x + 8, 6, 3.5, 0, 7);
      g.fill();
      return;
    } else {
      g.beginPath();
      g.moveTo(x - 5.5, 3);
      g.lineTo(x + 5.5, 3);
      g.lineTo(x, 13);
      g.fill();
    }
    g.globalAlpha = 0.5;
    g.fillStyle = colours.bad;
    g.fillRect(x - 0.5, 14, 1, mid - 14);
    g.globalAlpha = 1;
  }

  const axis = document.getElementById('axis');

  function drawAxis() {
    const {g, width} = prepare(axis);
    const span = view.to - view.from;
    const raw = span / Math.max(2, width / 96);
    const power = Math.pow(10, Math.floor(Math.log10(raw)));
    let step = power * ([1, 2, 5, 10].find((n) => n * power >= raw) || 10);
    step = Math.max(1, step);
    g.fillStyle = colours.soft;
    g.strokeStyle = colours.line;
    g.font = '11px system-ui, sans-serif';
    g.textAlign = 'center';
    for (let c = Math.ceil(view.from / step) * step; c <= view.to; c += step) {
      const x = toX(c, width);
      const text = Math.round(c).toLocaleString('en');
      const half = g.measureText(text).width / 2;
      g.fillText(text, Math.max(half, Math.min(width - half, x)), 14);
      g.fillRect(x - 0.5, 19, 1, 5);
    }
    shownRange.textContent =
      'counters ' + Math.max(0, Math.floor(view.from)).toLocaleString('en') + ' to ' +
      Math.ceil(view.to).toLocaleString('en');
  }

  function isNear(row) {
    const box = row.canvas.getBoundingClientRect();
    return box.bottom > -200 && box.top < innerHeight + 200;
  }

  let waiting = false;
  function redraw() {
    if (waiting) {
      return;
    }
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      drawAxis();
      rows.filter(isNear).forEach(drawRow);
    });
  }

  function setView(from, to) {
    // Counters near 2^64 are 2048 apart as doubles: a step must stay longer than that.
    const least = Math.max(8, max / 2 ** 40);
    let span = Math.max(least, Math.min(max, to - from));
    from = Math.max(0, Math.min(max - span, from));
    view = {from, to: from + span};
    redraw();
  }

  function zoom(factor, around) {
    const at = around === undefined ? (view.from + view.to) / 2 : around;
    setView(at - (at - view.from) * factor, at + (view.to - at) * factor);
  }

  const actions = {
    in: () => zoom(0.5),
    out: () => zoom(2),
    left: () => setView(view.from - (view.to - view.from) / 4, view.to - (view.to - view.from) / 4),
    right: () => setView(view.from + (view.to - view.from) / 4, view.to + (view.to - view.from) / 4),
    all: () => setView(0, max),
  };
  for (const button of document.querySelectorAll('button[data-do]')) {
    button.addEventListener('click', () => actions[button.dataset.do]());
  }
  const KEYS = {'+': 'in', '=': 'in', '-': 'out', ArrowLeft: 'left', ArrowRight: 'right', 0: 'all'};
  chart.addEventListener('keydown', (event) => {
    const action = KEYS[event.key];
    if (action && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      actions[action]();
    }
  });
  for (const button of document.querySelectorAll('button[data-fault]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const fault = data.faults[Number(button.dataset.fault)];
      const at = Number(fault.at || 0);
      setView(at - 40, at + 40);
      rows[fault.c].canvas.scrollIntoView({block: 'center'});
    });
  }

  function describe(row, x, width) {
    const near = row.markers.find((marker) => Math.abs(marker.x - x) < 9);
    if (near) {
      const kinds = {};
      near.faults.forEach((fault) => (kinds[fault.r] = (kinds[fault.r] || 0) + 1));
      const text = Object.entries(kinds).map(([r, n]) => (n > 1 ? n + ' × ' : '') + r).join(', ');
      return near.faults.length === 1 ? text + ' at ' + near.faults[0].at + ': ' + near.faults[0].t : text;
    }
    const counter = toCounter(x, width);
    for (const fault of row.faults) {
      const from = fault.r === 'gap' ? Number(fault.after || 0) : 0;
      if (GAPS.has(fault.r) && counter > from && counter < fault.x) {
        return fault.r + ': ' + (fault.m ? '1 to ' + fault.m : 'some') + ' missing before ' + fault.at;
      }
    }
    const bound = row.chain.b.find((b) => counter >= Number(b[0]) && counter <= Number(b[1]) + 1);
    let text = 'counter ' + Math.max(0, Math.round(counter)).toLocaleString('en');
    if (bound && bound[2]) {
      text += ' · made after block ' + bound[2];
    }
    if (bound && bound[3]) {
      text += ' · sealed before the anchor of block ' + bound[3];
    }
    return text;
  }

  rows.forEach((row) => {
    const canvas = row.canvas;
    let drag = null;
    canvas.addEventListener('pointerdown', (event) => {
      drag = {x: event.clientX, from: view.from, moved: false};
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener('pointermove', (event) => {
      const width = canvas.clientWidth;
      if (drag) {
        const by = ((drag.x - event.clientX) / (width - 2 * PAD)) * (view.to - view.from);
        drag.moved = drag.moved || Math.abs(drag.x - event.clientX) > 4;
        setView(drag.from + by, drag.from + by + view.to - view.from);
        tip.hidden = true;
        return;
      }
      const box = canvas.getBoundingClientRect();
      const outer = chart.getBoundingClientRect();
      tip.textContent = describe(row, event.clientX - box.left, width);
      tip.hidden = false;
      const left = Math.min(event.clientX - outer.left + 12, outer.width - tip.offsetWidth - 8);
      tip.style.left = Math.max(4, left) + 'px';
      tip.style.top = box.top - outer.top + 52 + 'px';
    });
    canvas.addEventListener('pointerup', (event) => {
      const moved = drag && drag.moved;
      drag = null;
      if (moved) {
        return;
      }
      const x = event.clientX - canvas.getBoundingClientRect().left;
      const near = row.markers.find((marker) => Math.abs(marker.x - x) < 9);
      if (near) {
        showFault(near.faults[0].index);
      }
    });
    canvas.addEventListener('pointercancel', () => { drag = null; });
    canvas.addEventListener('pointerleave', () => { tip.hidden = true; });
    canvas.addEventListener('wheel', (event) => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const x = event.clientX - canvas.getBoundingClientRect().left;
        zoom(event.deltaY > 0 ? 1.25 : 0.8, toCounter(x, canvas.clientWidth));
      }
    }, {passive: false});
    canvas.addEventListener('dblclick', (event) => {
      const x = event.clientX - canvas.getBoundingClientRect().left;
      zoom(0.35, toCounter(x, canvas.clientWidth));
    });
  });

  function showFault(index) {
    const line = document.getElementById('f' + index);
    if (!line) {
      return;
    }
    document.querySelectorAll('tr.hit').forEach((other) => other.classList.remove('hit'));
    const details = line.closest('details');
    if (details) {
      details.open = true;
    }
    line.classList.add('hit');
    line.scrollIntoView({block: 'center'});
  }

  addEventListener('scroll', redraw, {passive: true});
  addEventListener('resize', redraw);
  new ResizeObserver(redraw).observe(chart);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { readColours(); redraw(); });
  readColours();
  redraw();
})();
