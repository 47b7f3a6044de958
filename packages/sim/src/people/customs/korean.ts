/** Korean names: romanised by taste; the official systems are the exception in passports. */
import { custom, nameTable } from "../custom.js";
import { byTaste, syllableTable } from "../syllables.js";

// Family names and their spellings, given names of the young: popular-names-by-country (CC0);
// older given names and spellings of syllables: general knowledge.

const surnames = nameTable(`Kim|Gim=김 Lee|Yi|Rhee|Ri=이 Park|Pak|Bak=박 Choi|Choe|Choy=최
  Jeong|Chung|Cheong|Jung=정 Kang|Gang=강 Cho|Jo|Joe=조 Yoon|Yun|Youn=윤 Jang|Chang=장
  Lim|Rim|Im|Yim=임 Han=한 Oh|O=오 Seo|Suh=서 Shin|Sin=신 Kwon|Gwon=권 Hwang|Whang=황 Ahn|An=안
  Song=송 Yoo|Yu|Ryu=유 Jeon|Jun|Chun=전 Hong=홍 Ko|Koh|Go=고 Moon|Mun=문 Yang|Ryang=양
  Son|Sohn=손 Bae|Pae|Bai=배 Baek|Paik|Baik=백 Heo|Hur|Huh=허 Nam=남 Shim|Sim=심 Noh|No|Roh=노
  Ha|Hah=하 Kwak|Gwak=곽 Sung|Seong=성 Cha=차 Joo|Ju|Chu=주 Woo|U=우 Koo|Gu|Ku=구 Min=민
  Eom|Um|Uhm=엄`);

const syllables = syllableTable(`지=Ji,Jee 민=Min 수=Su,Soo 서=Seo,Suh 준=Jun,Joon 윤=Yun,Yoon
  하=Ha 은=Eun,Un 린=Rin,Lin 우=Woo,U 아=Ah,A 유=Yu,Yoo 도=Do 시=Si,Shi 호=Ho 예=Ye 주=Ju,Joo 원=Won
  영=Young,Yeong,Yong 희=Hee,Hui 숙=Sook,Suk 미=Mi,Mee 경=Kyung,Gyeong,Kyong 현=Hyun,Hyeon
  정=Jung,Jeong,Chung 진=Jin 성=Sung,Seong 훈=Hoon,Hun 상=Sang 철=Chul,Cheol 동=Dong,Tong
  혜=Hye,Hae 선=Sun,Seon 순=Soon,Sun 자=Ja 나=Na 연=Yeon,Youn 재=Jae,Jay 석=Seok,Suk 태=Tae
  승=Seung,Sung 기=Ki,Gi 명=Myung,Myeong 안=An,Ahn`);

const given = {
  female: byTaste(
    syllables,
    "은정 미경 영희 지민 현주 정숙 은영 혜진 선영 수진 영미 순자 지혜 미나 연희 은주 지안 하윤 서아 하은 서윤 하린 지유 지우 수아",
  ),
  male: byTaste(
    syllables,
    "영수 성훈 상철 동현 재석 영호 태현 성진 정훈 승현 기영 명수 민수 진우 현우 서준 하준 도윤 은우 시우 지호 예준 유준 주원 민준",
  ),
};

/** The family name comes first; given names nearly always have two syllables. */
export const korean = custom(
  {
    id: "korean",
    script: "Hangul",
    weight: 4,
    nationalities: ["South Korea", "North Korea"],
    titles: { female: "Ms Mrs", male: "Mr" },
  },
  (dice, sex) => ({
    given: [dice.pickSkewed(given[sex])],
    surname: [dice.pickSkewed(surnames)],
  }),
);
