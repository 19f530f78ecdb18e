// Names and numbers -> horizontal or upright bars drawn by ECharts on a canvas, in the colours of the page. The only file that knows echarts.
import { BarChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use, type ECharts, type EChartsCoreOption } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** `tone`: a colour of the style sheet without its dashes (`must`, `accent`); `tones`: one a bar. */
export interface Series { name: string; values: readonly number[]; tone: string; tones?: readonly string[] }
export interface Bars { names: readonly string[]; series: readonly Series[]; upright: boolean }

export interface Drawing { draw: (bars: Bars) => void; resize: () => void; end: () => void }

/** A canvas in `element`; `chosen` is told the place of a bar that is clicked. Tooltips are drawn too: a strict policy lets no styles into HTML. */
export function drawingIn(element: HTMLElement, chosen: (at: number) => void): Drawing {
  const chart: ECharts = init(element, null, { renderer: "canvas" });
  chart.on("click", ({ dataIndex }) => { chosen(dataIndex); });
  return {
    draw: (bars) => { chart.setOption(optionOf(bars, getComputedStyle(element)), { notMerge: true }); },
    resize: () => { chart.resize(); },
    end: () => { chart.dispose(); },
  };
}

function optionOf({ names, series, upright }: Bars, style: CSSStyleDeclaration): EChartsCoreOption {
  const colour = (tone: string): string => style.getPropertyValue(`--${tone}`).trim();
  const text = { color: colour("ink"), fontFamily: style.fontFamily, fontSize: 13 };
  const soft = { ...text, color: colour("soft") };
  const line = { lineStyle: { color: colour("line") } };
  const named = { type: "category", data: [...names], inverse: !upright, axisTick: { show: false }, axisLine: line, axisLabel: { ...text, ...(upright ? { interval: 0, hideOverlap: true } : { width: 170, overflow: "truncate" }) } };
  const counted = { type: "value", minInterval: 1, splitLine: line, axisLabel: soft };
  return {
    animation: false,
    textStyle: text,
    grid: { left: 4, right: 40, top: series.length > 1 ? 34 : 8, bottom: 4, containLabel: true },
    ...(series.length > 1 ? { legend: { top: 0, left: 0, textStyle: text, itemWidth: 14, itemHeight: 10 } } : {}),
    tooltip: { renderMode: "richText", trigger: "axis", axisPointer: { type: "shadow" }, backgroundColor: colour("paper"), borderColor: colour("line"), textStyle: text },
    xAxis: upright ? named : counted,
    yAxis: upright ? counted : named,
    series: series.map(({ name, values, tone, tones }) => ({
      type: "bar", name, barMaxWidth: 28, itemStyle: { color: colour(tone) },
      label: { show: !upright, position: "right", ...text },
      data: values.map((value, at) => (tones?.[at] === undefined ? value : { value, itemStyle: { color: colour(tones[at]) } })),
    })),
  };
}
