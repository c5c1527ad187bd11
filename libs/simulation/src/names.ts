const words = (text: string): string[] => text.split(' ');

/** Names as they are common in East Java; put together by chance they are nobody's. */
export const MEN = words(
  'Agus Ahmad Andik Arif Bagus Bambang Budi Catur Darmaji Didik Dwi Edi Eko Fajar Gatot ' +
    'Hadi Hari Imam Joko Kasiran Khoirul Lukman Mashudi Mujiono Nanang Ngatemin Pardi Purnomo ' +
    'Rohmad Samsul Sholeh Slamet Sugeng Sukirno Sumarno Supriyadi Suwito Taufik Teguh ' +
    'Tri Wahyu Wawan Yanto Yusuf Zainal',
);

export const WOMEN = words(
  'Aminah Anik Asih Binti Dewi Endang Erna Fitri Giyem Hartini Ida Indah Istiqomah Juminten ' +
    'Kartini Kasiyem Khotimah Lasmi Lestari Lilik Marsini Mujiati Murni Nanik Ngatini Nur ' +
    'Partini Poniyem Puji Ratna Rini Rukmini Samirah Siti Sri Suhartatik Sulastri Sumiati ' +
    'Suparmi Titik Tumini Umi Wahyuni Wiwik Yatini Yuni',
);

export const FAMILY = words(
  'Anggraini Ariyanto Astutik Basuki Budiono Cahyono Efendi Fauzi Handoko Handayani Hidayat ' +
    'Irawan Ismail Kurniawan Kusuma Maryono Maulana Mulyani Mustofa Ningsih Nugroho Nuryanto ' +
    'Prasetyo Prayitno Puspita Rahayu Ramadhan Riyanto Saputra Santoso Setiawan Setyowati ' +
    'Sudarmo Susanto Sutrisno Utami Wibowo Widodo Winarno Yulianto',
);

export const HAMLETS = words(
  'Krajan Sumberjo Tegalrejo Kaliboto Ngampel Bulurejo Jatirejo Sidorejo Wonosari ' +
    'Kedungsari Purworejo Karanganyar Gempolan Mangunrejo Ringinagung',
);
