/** Chinese names: one character a syllable; pinyin, Wade-Giles, and Cantonese as in Hong Kong. */
import { custom } from "../custom.js";
import { bySystem, syllableTable } from "../syllables.js";

// Family names: popular-names-by-country (CC0) for China; given names and readings: general
// knowledge.

const surnames = bySystem(
  syllableTable(`王=Wang,Wang,Wong 李=Li,Li,Lee 张=Zhang,Chang,Cheung 刘=Liu,Liu,Lau 陈=Chen,Chen,Chan
  杨=Yang,Yang,Yeung 黄=Huang,Huang,Wong 赵=Zhao,Chao,Chiu 吴=Wu,Wu,Ng 周=Zhou,Chou,Chow
  徐=Xu,Hsu,Tsui 孙=Sun,Sun,Suen 马=Ma 朱=Zhu,Chu,Chu 胡=Hu,Hu,Wu 郭=Guo,Kuo,Kwok 何=He,Ho,Ho
  林=Lin,Lin,Lam 高=Gao,Kao,Ko 罗=Luo,Lo,Law 郑=Zheng,Cheng,Cheng 谢=Xie,Hsieh,Tse
  梁=Liang,Liang,Leung 宋=Song,Sung,Sung 唐=Tang,Tang,Tong 许=Xu,Hsu,Hui 冯=Feng,Feng,Fung
  邓=Deng,Teng,Tang 曹=Cao,Tsao,Tso 彭=Peng,Peng,Pang 田=Tian,Tien,Tin 董=Dong,Tung,Tung
  潘=Pan,Pan,Poon 袁=Yuan,Yuan,Yuen 蔡=Cai,Tsai,Choi 蒋=Jiang,Chiang,Cheung 余=Yu
  杜=Du,Tu,To 叶=Ye,Yeh,Yip 欧=Ou,Ou,Au 阳=yang,yang,yeung`),
  `王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 谢 梁 宋 唐 许 冯 邓 曹 彭 田 董 潘 袁 蔡 蒋 余 杜 叶 欧阳`,
);

const given = bySystem(
  syllableTable(`伟=Wei,Wei,Wai 芳=Fang,Fang,Fong 娜=Na 敏=Min,Min,Man 静=Jing,Ching,Ching
  丽=Li,Li,Lai 强=Qiang,Chiang,Keung 磊=Lei,Lei,Lui 洋=Yang,Yang,Yeung 勇=Yong,Yung,Yung
  军=Jun,Chun,Kwan 杰=Jie,Chieh,Kit 娟=Juan,Chuan,Kuen 艳=Yan,Yen,Yim 涛=Tao,Tao,To
  明=Ming 超=Chao,Chao,Chiu 秀=Xiu,Hsiu,Sau 兰=Lan 霞=Xia,Hsia,Ha 平=Ping 刚=Gang,Kang,Kong
  桂=Gui,Kuei,Kwai 英=Ying 小=Xiao,Hsiao,Siu 玲=Ling 美=Mei 华=Hua,Hua,Wah 建=Jian,Chien,Kin
  国=Guo,Kuo,Kwok 海=Hai,Hai,Hoi 燕=Yan,Yen,Yin 志=Zhi,Chih,Chi 玉=Yu,Yu,Yuk
  雪=Xue,Hsueh,Suet 琴=Qin,Chin,Kam 冬=Dong,Tung,Tung 梅=Mei,Mei,Mui 淑=Shu,Shu,Suk
  珍=Zhen,Chen,Chun 文=Wen,Wen,Man 晓=Xiao,Hsiao,Hiu 红=Hong,Hung,Hung 春=Chun,Chun,Chun
  若=Ruo,Jo,Yeuk 汐=Xi,Hsi,Jik 涵=Han,Han,Ham 东=Dong,Tung,Tung 德=De,Te,Tak 云=Yun,Yun,Wan`),
  `伟 芳 娜 敏 静 丽 强 磊 洋 勇 军 杰 娟 艳 涛 明 超 秀兰 霞 平 刚 桂英 小玲 美华 建国 海燕 志强 玉兰 雪琴 冬梅
  丽华 淑珍 文杰 小明 晓红 春梅 若汐 若涵 海东 德明 云霞 玉梅 志明 建华 秀英 美玲 红霞 文静 小燕 国强`,
);

/** The family name comes first in speech and often in files; given names say little about sex. */
export const chinese = custom(
  {
    id: "chinese",
    script: "Han",
    weight: 7,
    nationalities: ["China"],
    titles: { female: "Ms Mrs", male: "Mr" },
  },
  (dice) => ({ given: [dice.pickSkewed(given)], surname: [dice.pickSkewed(surnames)] }),
);
